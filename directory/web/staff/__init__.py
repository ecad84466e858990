"""The staff desk, under `/staff`: each module registers its views on `blueprint`; all are listed here."""

from directory.web.staff import desk, door, joining, me, second_factor, signing_in
from directory.web.staff.site import blueprint

__all__ = ("blueprint", "desk", "door", "joining", "me", "second_factor", "signing_in")
