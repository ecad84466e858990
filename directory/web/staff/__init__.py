"""The staff desk, under `/staff`: each module registers its views on `blueprint`; all are listed here."""

from directory.web.staff import (
    account,
    desk,
    door,
    joining,
    me,
    organizations,
    people,
    second_factor,
    signing_in,
    trail,
)
from directory.web.staff.site import blueprint

__all__ = (
    "account",
    "blueprint",
    "desk",
    "door",
    "joining",
    "me",
    "organizations",
    "people",
    "second_factor",
    "signing_in",
    "trail",
)
