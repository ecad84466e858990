"""Ten needs as people in Pasadena have them, and the first ten programs that answer each."""

from directory.matching.finder import Finder
from directory.matching.need import Need
from directory.matching.outcome import Outcome
from directory.matching.week import FreeWeek, Interval

WORKDAYS = range(5)
DAYTIME_JOB = FreeWeek.from_busy(Interval(day, 540, 1020) for day in WORKDAYS)
AT_SCHOOL = FreeWeek.from_busy(Interval(day, 480, 900) for day in WORKDAYS)
LATE_SHIFT = FreeWeek.from_busy(Interval(day, 840, 1350) for day in WORKDAYS)
FREE = FreeWeek.from_busy(())

NEEDS: dict[str, Need] = {
    "evenings beside a daytime job": Need(
        near="91101", weeks=(DAYTIME_JOB,), level_of_care=("iop",)
    ),
    "depression, mornings, before a late shift": Need(
        near="Pasadena, CA",
        weeks=(LATE_SHIFT,),
        conditions=("depression",),
        focus=("mental_health",),
    ),
    "a teen after school": Need(
        near="91104", weeks=(AT_SCHOOL,), age=15, populations=("adolescents",), within_miles=25
    ),
    "Medi-Cal and suboxone": Need(near="91103", payer="medi-cal", services=("buprenorphine",)),
    "in Spanish, with family therapy": Need(
        near="91106", languages=("es",), services=("family_therapy",)
    ),
    "words: trauma therapy for women": Need(near="91107", text="trauma therapy for women"),
    "words: dual diagnosis, evenings": Need(
        near="91101", weeks=(DAYTIME_JOB,), text="dual diagnosis"
    ),
    "words: a name with a slip": Need(text="las encinas hospitl", must=frozenset({"text"})),
    "online, must be online": Need(
        near="91105", weeks=(DAYTIME_JOB,), mode=("virtual",), must=frozenset({"mode"})
    ),
    "a day program, no job, nearest first": Need(
        near="91101", weeks=(FREE,), level_of_care=("php",), sort="distance"
    ),
}


def ranked(finder: Finder, need: Need) -> list[str]:
    """The first ten program ids, each with its verdict where a week was asked."""
    outcome = finder.find(need)
    assert isinstance(outcome, Outcome), outcome
    return [
        f"{match.listing.program.id} {match.schedule.verdict if match.schedule else ''}".rstrip()
        for match in outcome.matches[:10]
    ]
