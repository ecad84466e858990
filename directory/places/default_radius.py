"""How far to look when nobody said how far."""

from directory.places.place import Place
from directory.places.travel import TravelMode

CITY_MILES = 10
COUNTRY_MILES = 25
TRANSIT_MILES = 5
WALK_MILES = 2

# ZIP areas follow where people live: of distinct ZIP points within 10 miles Pasadena has 85, a
# small city on its own about ten, open country fewer.
CITY_ZIPS_NEARBY = 8


def default_radius(place: Place, by: TravelMode) -> int:
    """Miles to search around a place: 2 on foot, 5 by transit, by car 10, in sparse country 25.

    Sparse means fewer than 8 distinct ZIP points within 10 miles. A place nobody counted for is
    taken as dense: the person can widen, and sees what widening would add.
    """
    if by == "walk":
        return WALK_MILES
    if by == "transit":
        return TRANSIT_MILES
    is_sparse = place.zips_nearby is not None and place.zips_nearby < CITY_ZIPS_NEARBY
    return COUNTRY_MILES if is_sparse else CITY_MILES
