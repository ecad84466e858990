"""Care that people ask for and that is no program of ours, in words."""

from directory.web.i18n import gettext, label_in
from directory.web.services import services


def other_care(kind: str) -> str:
    """A kind of `data/words/out_of_scope.csv` as it stands inside a sentence."""
    said = {
        "daily methadone clinic": gettext("daily methadone clinic"),
        "private therapist": gettext("private therapist"),
        "DUI class": gettext("DUI class"),
        "emergency room": gettext("emergency room"),
        "urgent care": gettext("urgent care"),
        "physical therapy": gettext("physical therapy"),
        "speech therapy": gettext("speech therapy"),
        "dentist": gettext("dentist"),
        "eye doctor": gettext("eye doctor"),
        "surgery": gettext("surgery"),
        "birth control": gettext("birth control"),
        "hospice": gettext("hospice"),
        "nursing home": gettext("nursing home"),
    }
    label = label_in(services.vocabularies["levels_of_care"], kind)
    return said.get(kind) or label[:1].lower() + label[1:]
