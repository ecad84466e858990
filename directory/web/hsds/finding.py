"""From the values of a request to what a list is filtered by."""

from collections.abc import Callable

from directory.errors import BadQuery, BadValue
from directory.exchange.hsds.entry_columns import Around, Spot, Window
from directory.exchange.hsds.shelf import Asked
from directory.places.distance import Point
from directory.web.hsds.asking import Values
from directory.web.hsds.parameters import OLDEST, USUAL_METRES
from directory.web.hsds.values import MIDNIGHT

ZipPoint = Callable[[str], Point | None]


def asked_of(values: Values, zip_point: ZipPoint) -> Asked:
    """Everything asked, to hold at once. Raises `BadQuery` for a point or circle that is half said."""
    _check_place(values)
    ages = {"min_age", "max_age"} & values.keys()
    span = values.get("min_age", 0), values.get("max_age", OLDEST)
    near_postcode = "postcode" in values and "proximity" in values
    return Asked(
        search=values.get("search"),
        term=values.get("taxonomy_term_id"),
        taxonomy=values.get("taxonomy_id"),
        organization=values.get("organization_id"),
        modified_after=values.get("modified_after"),
        postcode=None if near_postcode else values.get("postcode"),
        around=_around(values, zip_point),
        window=_window(values),
        ages=span if ages else None,
        payer=values.get("payer"),
        level_of_care=values.get("level_of_care"),
        include_unknown=values.get("include_unknown", False),
    )


def notes_on(values: Values, zip_point: ZipPoint) -> list[str]:
    """What whoever asked should know before they believe that a page is empty."""
    if "proximity" not in values or "postcode" not in values or zip_point(values["postcode"]):
        return []
    return [
        f"No place is known with the ZIP code {values['postcode']}, so nothing is found around it."
    ]


def _check_place(values: Values) -> None:
    wrong = [
        BadValue(name, "nothing", f"a value, since {other} is given")
        for name, other in (("lat", "lon"), ("lon", "lat"))
        if other in values and name not in values
    ]
    if "proximity" in values and not {"postcode", "lat", "lon"} & values.keys():
        expected = "postcode, or lat and lon: metres around what"
        wrong.append(BadValue("proximity", str(values["proximity"]), expected))
    if wrong:
        raise BadQuery(tuple(wrong))


def _around(values: Values, zip_point: ZipPoint) -> tuple[Around, ...]:
    """Circles around the point, and around the middle of the ZIP code where a distance is given."""
    metres = values.get("proximity", USUAL_METRES)
    circles = []
    if "lat" in values:
        circles.append(Around(Spot(values["lat"], values["lon"]), metres))
    if "postcode" in values and "proximity" in values:
        found = zip_point(values["postcode"])
        circles.append(Around(None if found is None else Spot(found.lat, found.lon), metres))
    return tuple(circles)


def _window(values: Values) -> Window | None:
    """The hours asked; an end that is not after the start lies on the next day."""
    if not {"day", "start_time", "end_time"} & values.keys():
        return None
    start, end = values.get("start_time"), values.get("end_time")
    if end is not None and end in (0, MIDNIGHT - 1):
        end = MIDNIGHT
    elif end is not None and start is not None and end <= start:
        end += MIDNIGHT
    return Window(values.get("day"), start, end)
