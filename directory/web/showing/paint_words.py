"""The rows of a painted week, in words."""

from directory.web.i18n import gettext


def parts_of_day() -> dict[str, tuple[str, str]]:
    """The rows of the painted week."""
    return {
        "morning": (gettext("Morning"), gettext("8 to noon")),
        "afternoon": (gettext("Afternoon"), gettext("noon to 5")),
        "evening": (gettext("Evening"), gettext("5 to 9")),
        "night": (gettext("Night"), gettext("after 9")),
    }
