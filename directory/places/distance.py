"""How far two points are apart: the only distance function of the house."""

from typing import Protocol

from geopy.distance import geodesic


class Point(Protocol):
    """Anything with a latitude and a longitude in degrees (WGS-84)."""

    @property
    def lat(self) -> float:
        """Degrees north."""
        ...

    @property
    def lon(self) -> float:
        """Degrees east: negative in the United States."""
        ...


def miles_between(a: Point, b: Point) -> float:
    """Geodesic distance in statute miles (WGS-84). A straight line: the drive is longer."""
    return float(geodesic((a.lat, a.lon), (b.lat, b.lon)).miles)
