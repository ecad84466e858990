"""What each kind of fact is called."""

from collections.abc import Mapping

from directory.web.i18n import gettext


def fact_names() -> Mapping[str, str]:
    """Listing keys in words."""
    return {
        "openings": gettext("Places open"),
        "tracks": gettext("Days and hours"),
        "payers": gettext("Ways to pay"),
        "price": gettext("Price"),
        "level_of_care": gettext("Level of care"),
        "focus": gettext("What they treat"),
        "conditions": gettext("Conditions"),
        "services": gettext("What they offer"),
        "ages": gettext("Ages"),
        "populations": gettext("Who it is for"),
        "languages": gettext("Languages"),
        "weeks": gettext("How many weeks"),
        "attendance": gettext("Rules on missed days"),
        "name": gettext("Name"),
        "description": gettext("Description"),
        "phone": gettext("Phone"),
        "address": gettext("Address"),
        "location": gettext("Place on the map"),
        "time_zone": gettext("Time zone"),
        "website": gettext("Website"),
        "licenses": gettext("License"),
        "accreditations": gettext("Accreditation"),
        "npi": gettext("National provider number"),
        "meetings": gettext("Support meetings"),
        "guide": gettext("What our guide says"),
    }
