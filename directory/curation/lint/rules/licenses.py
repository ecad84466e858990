"""L4: a California site that treats substance use has a state certificate, and it has not run out.

Health and Safety Code 11832 asks for it wherever people come to a place in California. A listing with
neither licenses nor accreditations is not known, and nothing is found: that is a question to ask, and
the page asks it. What cannot fire: an exemption is not recorded; hospitals, licensed houses and opioid
treatment programs are taken as exempt.
"""

from collections.abc import Iterator

from directory.catalog.finding import Finding
from directory.catalog.program import License, Listing
from directory.curation.lint.yardstick import Rule, Yardstick, program

NO_CERTIFICATE, EXPIRED = "sud_certificate", "license_expired"


def look(listing: Listing, by: Yardstick) -> Iterator[Finding]:
    """What they hold is stated and has no certificate; or a license has run out, and none replaced it."""
    held = _held(listing)
    if held and _needs_certificate(listing) and not _has_certificate(held, by):
        got = ", ".join(sorted(held))
        yield by.found(NO_CERTIFICATE, program(listing), "licenses", got)
    for one in listing.program.licenses:
        if _has_expired(one, by) and not _replaced(one, listing, by):
            got = f"{one.expires} ({one.number})"
            yield by.found(EXPIRED, program(listing), "licenses", got)


def _held(listing: Listing) -> set[str]:
    """Who gave the licenses, and the codes of the accreditations."""
    stated = listing.program
    return {one.body for one in stated.licenses} | set(stated.accreditations)


def _has_certificate(held: set[str], by: Yardstick) -> bool:
    """True if one of them is of the state's agency ("California DHCS"), or of an exempt setting."""
    return any(word in one for one in held for word in by.limits[NO_CERTIFICATE].words)


def _needs_certificate(listing: Listing) -> bool:
    stated = listing.program
    for_substance_use = bool({"substance_use", "co_occurring"} & set(stated.focus))
    only_video = bool(stated.tracks) and all(track.mode == "virtual" for track in stated.tracks)
    return for_substance_use and not only_video and listing.site.address.state == "CA"


def _has_expired(one: License, by: Yardstick) -> bool:
    return one.expires is not None and one.expires < by.today


def _replaced(old: License, listing: Listing, by: Yardstick) -> bool:
    """True if the same body gave another that has not run out."""
    return any(
        one.body == old.body and one.expires is not None and not _has_expired(one, by)
        for one in listing.program.licenses
    )


RULE = Rule("L4", (NO_CERTIFICATE, EXPIRED), look)
