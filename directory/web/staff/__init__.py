"""The staff desk, under `/staff`: each module registers its views on `blueprint`; all are listed here."""

from directory.web.staff import (
    account,
    answering,
    cases,
    desk,
    door,
    elsewhere,
    joining,
    me,
    organizations,
    people,
    referral_files,
    referral_find,
    second_factor,
    signing_in,
    tickets,
    trail,
)
from directory.web.staff.site import blueprint

__all__ = (
    "account",
    "answering",
    "blueprint",
    "cases",
    "desk",
    "door",
    "elsewhere",
    "joining",
    "me",
    "organizations",
    "people",
    "referral_files",
    "referral_find",
    "second_factor",
    "signing_in",
    "tickets",
    "trail",
)
