"""L2 and L3: who says they take Medicare for an IOP, and where and how Medicare pays for one.

Since 2024-01-01 Medicare pays for an IOP in hospitals, critical access hospitals, community mental
health centers, rural and federally qualified health centers and opioid treatment programs, and never
by video. Medicare Advantage plans have rules of their own and are not asked about.

What cannot fire: a listing has no type of setting. L2 reads the accreditations, and only where some
are stated; a rural clinic or a community center that names no hospital, clinic or federal status comes
up although it may be right. So it asks a curator to look and accuses nobody.
"""

from collections.abc import Iterator

from directory.catalog.finding import Finding
from directory.catalog.program import Listing, Program
from directory.curation.lint.yardstick import Rule, Yardstick, program

SETTING, VIDEO, PARTLY = "medicare_setting", "medicare_video", "medicare_hybrid"


def setting(listing: Listing, by: Yardstick) -> Iterator[Finding]:
    """Medicare stated, accreditations stated, and none of them of a setting that Medicare pays."""
    held = set(listing.program.accreditations)
    if _takes_medicare(listing.program) and held and not held & by.limits[SETTING].words:
        yield by.found(SETTING, program(listing), "payers", ", ".join(sorted(held)))


def video(listing: Listing, by: Yardstick) -> Iterator[Finding]:
    """Medicare stated, and a track that meets by video, wholly or in part."""
    if not _takes_medicare(listing.program):
        return
    modes = {track.mode for track in listing.program.tracks}
    if "virtual" in modes:
        yield by.found(VIDEO, program(listing), "payers", "medicare and a virtual track")
    if "hybrid" in modes:
        yield by.found(PARTLY, program(listing), "payers", "medicare and a hybrid track")


def _takes_medicare(stated: Program) -> bool:
    """True if a stated IOP says it takes Medicare itself, in network or with the network not said."""
    if stated.level_of_care != "iop" or stated.level_evidence != "stated":
        return False
    return any(one.payer == "medicare" and one.network != "out" for one in stated.payers)


IN_SETTING = Rule("L2", (SETTING,), setting)
BY_VIDEO = Rule("L3", (VIDEO, PARTLY), video)
