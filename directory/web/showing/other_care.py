"""Care that people ask for and that is no program of ours, and who can tell more about it."""

from dataclasses import dataclass

from directory.matching.outcome import Outcome
from directory.web.i18n import gettext, label_in
from directory.web.services import services

# Kinds of `data/words/out_of_scope.csv`. What is in neither set is care that we can send to nobody.
URGENT = {"emergency room", "urgent care"}
OF_THE_LINE = {"detox", "inpatient", "residential", "daily methadone clinic", "private therapist"}


@dataclass(frozen=True, slots=True)
class OtherCare:
    """What to say of the care, and whether the county's line, for mind and drugs, knows it."""

    said: str
    line_knows: bool


def other_care(outcome: Outcome) -> OtherCare | None:
    """What to say if the words of a need name care that we do not list."""
    kind = outcome.understood.out_of_scope
    if kind is None:
        return None
    if kind in URGENT:
        first = gettext("If it is an emergency, call 911 or go to the nearest emergency room.")
        only = gettext("We list intensive outpatient programs only.")
        return OtherCare(f"{first} {only}", line_knows=False)
    said = gettext(
        "You wrote about %(care)s. We list intensive outpatient programs only.", care=_named(kind)
    )
    if kind not in OF_THE_LINE:
        return OtherCare(said, line_knows=False)
    ask = gettext("You can ask the county line about that care.")
    return OtherCare(f"{said} {ask}", line_knows=True)


def _named(kind: str) -> str:
    """A kind of care as it stands inside a sentence."""
    said = {
        "inpatient": gettext("a hospital stay"),
        "daily methadone clinic": gettext("a daily methadone clinic"),
        "private therapist": gettext("a private therapist"),
        "DUI class": gettext("a DUI class"),
        "physical therapy": gettext("physical therapy"),
        "speech therapy": gettext("speech therapy"),
        "dentist": gettext("a dentist"),
        "eye doctor": gettext("an eye doctor"),
        "surgery": gettext("surgery"),
        "birth control": gettext("birth control"),
        "hospice": gettext("hospice"),
        "nursing home": gettext("a nursing home"),
    }
    label = label_in(services.vocabularies["levels_of_care"], kind)
    return said.get(kind) or label[:1].lower() + label[1:]
