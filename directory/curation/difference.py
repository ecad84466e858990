"""What a file would change: its claims against the live ones. Pure: it writes nothing."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime

from directory.catalog.evidence import Source
from directory.catalog.listing import Kind, Record
from directory.catalog.records import Change, Claim, Desk, LiveClaim, Place, Subject
from directory.curation.claims import claims_of
from directory.curation.edits import ProgramEdits, program_edits
from directory.curation.reading import Reading, ReadProgram, Refused
from directory.curation.slugs import Slugs, taken

Key = tuple[Subject, str, str, str]


@dataclass(frozen=True, slots=True)
class Difference:
    """A change, and what it means for programs (ids, in the order of the file).

    `replaces` is the day of what the same source said, where that is newer than the file.
    """

    change: Change
    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    missing: tuple[str, ...]
    refused: tuple[Refused, ...]
    edits: tuple[ProgramEdits, ...] = ()
    replaces: date | None = None


def difference(reading: Reading, source: Source, desk: Desk, at: datetime) -> Difference:
    """Compare what was read with what the store holds.

    A claim is withdrawn when a file of the same source speaks of its subject and no longer states
    it. Programs that are not in the file keep their claims and are flagged, as far as the file
    speaks for them.
    """
    refused = tuple(_fit(reading, source, desk))
    stated = [claim for subject in _subjects(reading) for claim in subject]
    live = tuple(desk.claims(source.name, {claim.source.name for claim in stated}))
    fresh, withdrawn = _compare(stated, live, source.name)
    touched = {claim.subject for claim in fresh} | {one.claim.subject for one in withdrawn}
    organizations, places = desk.organizations(), desk.programs()
    missing, flagged = _missing(reading, live, source), desk.missing(source.name)
    change = Change(
        through=source.name,
        at=at,
        organizations=tuple(key for key in reading.organizations if key not in organizations),
        sites=_new_sites(reading, desk),
        programs=_new_programs(reading, desk, places),
        stated=tuple(fresh),
        withdrawn=tuple(one.id for one in withdrawn),
        missing=tuple(key for key in missing if key not in flagged),
        found=tuple(sorted(flagged & reading.mentioned)),
    )
    known = [one for key, one in reading.programs.items() if key in places]
    changed = [one.program.id for one in known if _touches(reading, one, touched)]
    unchanged = [one.program.id for one in known if not _touches(reading, one, touched)]
    for key in reading.joined:
        (changed if _is_touched(key, places, touched) else unchanged).append(key)
    return Difference(
        change=change,
        created=tuple(key for key in reading.programs if key not in places),
        changed=tuple(changed),
        unchanged=tuple(unchanged),
        missing=missing,
        refused=refused,
        edits=program_edits(changed, places, fresh, withdrawn),
        replaces=_newer(source, withdrawn),
    )


def _newer(source: Source, withdrawn: Iterable[LiveClaim]) -> date | None:
    days = [one.claim.source.as_of for one in withdrawn if one.claim.source.name == source.name]
    newest = max(days, default=source.as_of)
    return newest if newest > source.as_of else None


def _subjects(reading: Reading) -> Iterable[Iterable[Claim]]:
    for subject, record, row in _records(reading):
        yield claims_of(subject, record, row, reading.origins.get(subject, ""))
    yield reading.also


def _records(reading: Reading) -> Iterable[tuple[Subject, Record, str | None]]:
    for key, organization in reading.organizations.items():
        yield ("organization", key), organization, None
    for key, (site, _) in reading.sites.items():
        yield ("site", key), site, None
    for key, read in reading.programs.items():
        yield ("program", key), read.program, read.row


def _key(claim: Claim) -> Key:
    return claim.subject, claim.fact, claim.source.name, claim.origin


def _compare(
    stated: list[Claim], live: Iterable[LiveClaim], through: str
) -> tuple[list[Claim], list[LiveClaim]]:
    """Claims to write, and live ones to withdraw: replaced, or no longer stated by the file."""
    known = {_key(one.claim): one for one in live}
    said = {_key(claim) for claim in stated}
    spoken_of = {(claim.subject, claim.origin) for claim in stated}
    fresh = [claim for claim in stated if not _same(claim, known.get(_key(claim)))]
    withdrawn = [known[_key(claim)] for claim in fresh if _key(claim) in known]
    withdrawn += [
        one
        for key, one in known.items()
        if one.through == through
        and key not in said
        and (one.claim.subject, one.claim.origin) in spoken_of
    ]
    return fresh, withdrawn


def _same(claim: Claim, known: LiveClaim | None) -> bool:
    return known is not None and (known.claim.value, known.claim.source) == (
        claim.value,
        claim.source,
    )


def _missing(reading: Reading, live: Iterable[LiveClaim], source: Source) -> tuple[str, ...]:
    stated_before = {
        one.claim.subject[1]
        for one in live
        if one.through == source.name
        and one.claim.subject[0] == "program"
        and (one.claim.origin or one.claim.subject[1]).startswith(reading.speaks_for)
    }
    return tuple(sorted(stated_before - reading.mentioned))


def _new_sites(reading: Reading, desk: Desk) -> dict[str, str]:
    known = desk.sites()
    return {key: parent for key, (_, parent) in reading.sites.items() if key not in known}


def _new_programs(reading: Reading, desk: Desk, places: Mapping[str, Place]) -> dict[str, Place]:
    slugs = Slugs(taken(desk))
    new: dict[str, Place] = {}
    for key, read in reading.programs.items():
        if key not in places:
            organization = reading.organizations[reading.sites[read.site_id][1]]
            slug = slugs.new(organization.name, read.program.name, key)
            new[key] = Place(organization.id, read.site_id, slug)
    return new


def _is_touched(key: str, places: Mapping[str, Place], touched: set[Subject]) -> bool:
    """True if something changes of a listed program, its site or its organization."""
    own: set[Subject] = {("program", key)}
    if place := places.get(key):
        own |= {("site", place.site_id), ("organization", place.organization_id)}
    return not own.isdisjoint(touched)


def _touches(reading: Reading, read: ReadProgram, touched: set[Subject]) -> bool:
    organization_id = reading.sites[read.site_id][1]
    own: set[Subject] = {
        ("program", read.program.id),
        ("site", read.site_id),
        ("organization", organization_id),
    }
    return not own.isdisjoint(touched)


def _fit(reading: Reading, source: Source, desk: Desk) -> Iterator[Refused]:
    """Take out of the reading what the store contradicts: another place, or invented and real."""
    homes = desk.sites()
    places = {key: place.site_id for key, place in desk.programs().items()}
    organizations = dict.fromkeys(reading.organizations, "")
    sites = {key: parent for key, (_, parent) in reading.sites.items()}
    programs = {key: read.site_id for key, read in reading.programs.items()}
    mixed = _mixed(source, desk, homes, places)
    known = dict.fromkeys(desk.organizations(), "")
    yield from _keep(reading, "organization", organizations, {""}, known, mixed)
    yield from _keep(reading, "site", sites, organizations, homes, mixed)
    yield from _with_their_place(reading, sites, organizations)
    yield from _keep(reading, "program", programs, sites, places, mixed)
    reading.organizations = {key: reading.organizations[key] for key in organizations}
    reading.sites = {key: reading.sites[key] for key in sites}
    reading.programs = {key: reading.programs[key] for key in programs}
    _leave_out_empty(reading, homes, known)


def _leave_out_empty(reading: Reading, homes: Collection[str], known: Collection[str]) -> None:
    """Nothing new goes in that holds no accepted program."""
    inhabited = {read.site_id for read in reading.programs.values()}
    reading.sites = {k: s for k, s in reading.sites.items() if k in inhabited or k in homes}
    parents = {parent for _, parent in reading.sites.values()}
    reading.organizations = {
        key: one for key, one in reading.organizations.items() if key in parents or key in known
    }


def _keep(
    reading: Reading,
    kind: Kind,
    parents: dict[str, str],
    above: Collection[str],
    homes: Mapping[str, str],
    mixed: Set[Subject],
) -> Iterator[Refused]:
    """Drop from `parents` what lost its parent, mixes, or stands elsewhere in the store."""
    for key, parent in list(parents.items()):
        home, row = homes.get(key, parent), reading.rows.get((kind, key), f"{kind} {key}")
        if parent in above and (kind, key) in mixed:
            yield Refused(row, "id", key, "an id that does not mix examples with real listings")
        elif parent in above and home != parent:
            yield Refused(row, "id", f"{key} under {parent}", f"under {home}, as in the store")
        elif parent in above:
            continue
        del parents[key]


def _with_their_place(
    reading: Reading, sites: Collection[str], organizations: Collection[str]
) -> Iterator[Refused]:
    """A row for each program whose site or organization was refused: it goes with it."""
    for key, read in reading.programs.items():
        if read.site_id in sites:
            continue
        row = reading.rows.get(("program", key), f"program {key}")
        parent = reading.sites[read.site_id][1]
        if parent in organizations:
            yield Refused(row, "site", read.site_id, "a site that is not refused itself")
        else:
            yield Refused(row, "organization", parent, "an organization that is not refused itself")


def _mixed(
    source: Source, desk: Desk, sites: Iterable[str], programs: Iterable[str]
) -> Set[Subject]:
    """What a file of this source may not speak of."""
    invented = desk.invented()
    if source.method != "example":
        return invented
    known: set[Subject] = {("organization", key) for key in desk.organizations()}
    known |= {("site", key) for key in sites}
    return (known | {("program", key) for key in programs}) - invented
