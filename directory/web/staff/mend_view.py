"""What the editor shows of each fact: today's value with its source, the fields, what is wrong, a clash."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from werkzeug.datastructures import MultiDict

from directory.catalog.listing import ITEM_NAMES, Json, gathered, items_of
from directory.catalog.program import Listing
from directory.catalog.track_format import dump_track
from directory.curation.mending import FactKey
from directory.curation.own_word import record_of
from directory.web.i18n import gettext, label_of
from directory.web.services import services
from directory.web.staff import curator_words
from directory.web.staff.fact_forms import (
    CHOICES,
    FORMS,
    LICENSES_MORE,
    fields_of,
    key_text,
    listed,
)
from directory.web.staff.fact_words import accepting, lines_of, modes, name_of, supports

Pairs = Sequence[tuple[str, str]]
Fields = Mapping[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class FactForm:
    """One fact in the editor. `clash`: somebody else changed it since it was read."""

    id: str
    name: str
    form: str
    now: tuple[str, ...]
    source: str
    fields: Fields
    options: Pairs
    choices: Pairs
    rows: Sequence[str]
    wrong: tuple[str, ...]
    clash: bool = False


def fact_form(
    listing: Listing,
    key: FactKey,
    fields: Fields,
    wrong: tuple[str, ...] = (),
    *,
    clash: bool = False,
) -> FactForm:
    """A fact with these fields."""
    kind, fact = key
    record = record_of(listing, kind)
    return FactForm(
        id=key_text(key),
        name=name_of(key),
        form=FORMS[key],
        now=lines_of(fact, listed(listing, key)),
        source=curator_words.cited(record.evidence.get(fact)),
        fields=fields,
        options=_options(fact),
        choices=_choices(fact),
        rows=_rows(listing, key),
        wrong=wrong,
        clash=clash,
    )


def as_listed(listing: Listing, key: FactKey, rival: int | None = None) -> Fields:
    """The fields as the fact is listed; or as another source has it."""
    return fields_of(
        key, _rival(listing, key, rival) if rival is not None else listed(listing, key)
    )


def as_typed(form: "MultiDict[str, str]", key: FactKey) -> Fields:
    """The fields as they were sent."""
    own, start = key_text(key), key_text(key) + "."
    fields: dict[str, str | list[str]] = {
        name.removeprefix(start): value for name, value in form.items() if name.startswith(start)
    }
    whole = form.getlist(own) if FORMS[key] == "codes" else form.get(own, "")
    return {**fields, "": whole}


def _rival(listing: Listing, key: FactKey, number: int) -> Json:
    """What another source says of a fact; of a list, the list with its items."""
    kind, fact = key
    rivals = record_of(listing, kind).rivals
    told = [
        one.value for name, some in rivals.items() if name.partition(":")[0] == fact for one in some
    ]
    if number >= len(told):
        return listed(listing, key)
    if fact not in ITEM_NAMES:
        return told[number]
    both = dict(items_of(fact, listed(listing, key) or ())) | dict(items_of(fact, told[number]))
    return gathered(fact, both.values())


def _options(fact: str) -> Pairs:
    """What may be ticked or picked."""
    vocabulary = {"level_of_care": "levels_of_care"}.get(fact, fact)
    if vocabulary in services.vocabularies:
        return [(term.id, label_of(term)) for term in services.vocabularies[vocabulary]]
    if fact == "price":
        return [
            ("day", gettext("a day")),
            ("session", gettext("a session")),
            ("week", gettext("a week")),
            ("program", gettext("the whole program")),
        ]
    if fact == "openings":
        return list(accepting().items())
    return list(modes().items()) if fact == "tracks" else ()


def _choices(fact: str) -> Pairs:
    """The words for each code of a fact that maps codes to words."""
    said = {
        "payers": {
            "in": gettext("in network"),
            "out": gettext("not taken, or out of network"),
            "unknown": gettext("taken; network not known"),
        },
        "populations": {
            "dedicated": gettext("a program of their own"),
            "welcomes": gettext("welcome"),
            "excludes": gettext("not for them"),
        },
        "languages": supports(),
    }.get(fact, {})
    return [(word, said[word]) for word in CHOICES.get(fact, ())]


def _rows(listing: Listing, key: FactKey) -> Sequence[str]:
    """The groups of the program, or the lines for licenses."""
    if key == ("program", "licenses"):
        return [""] * (len(listing.program.licenses) + LICENSES_MORE)
    if FORMS[key] not in ("tracks", "openings"):
        return ()
    return lines_of("tracks", [dump_track(one) for one in listing.program.tracks])


def hidden(form: "MultiDict[str, str]", but: Iterable[str]) -> Pairs:
    """Everything that was sent, to be sent again."""
    left_out = frozenset(but)
    return [(name, value) for name, value in form.items(multi=True) if name not in left_out]
