"""Programs look after their listing: by a link, or with an account of their organization."""

from collections.abc import Mapping

from directory.web.staff.access.asking import EDITORS, OPEN, WHO_READ, Access

ROUTES: Mapping[str, Access] = {
    "show_listing": OPEN,
    "confirm_listing": OPEN,
    "told_listing": OPEN,
    "take_back_listing": OPEN,
    "part_listing": OPEN,
    "change_listing": OPEN,
    "programs": Access(EDITORS),
    "show_program": Access(EDITORS, touches="listing"),
    "confirm_program": Access(EDITORS, touches="listing"),
    "told_program": Access(EDITORS, touches="listing"),
    "take_back_program": Access(EDITORS, touches="listing"),
    "part_program": Access(EDITORS, touches="listing"),
    "change_program": Access(EDITORS, touches="listing"),
    "listing_links": Access(WHO_READ),
    "make_listing_link": Access(WHO_READ),
}
