"""What an address of the desk may ask for: roles, how far each reaches, the kind of thing it names."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from typing import Literal

from directory.accounts.roles import SECOND_FACTOR
from directory.accounts.second_factor import Stage
from directory.catalog.staff import ROLES, Role

Reach = Literal["own", "organization", "all"]
Touched = Literal[
    "nothing",
    "session",
    "account",
    "organization",
    "case",
    "ticket",
    "kind",
    "partner",
    "api_key",
    "upload",
    "listing",
]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a thing is. A listing belongs to whoever works for the organization it is listed under."""

    staff: int
    organization: int
    listed_as: str | None = None


@dataclass(frozen=True, slots=True)
class Access:
    """What an address asks for.

    `roles`: who may use it, and how far each reaches. `touches`: the kind of thing its `number`
    names. `is_open`: also for who is not signed in. `stages`: how far a sign-in has to be.
    `most_bytes`: how much may be sent, where it is more than a form holds; only who may pass sends it.
    """

    roles: Mapping[Role, Reach] = field(default_factory=dict)
    touches: Touched = "nothing"
    is_open: bool = False
    stages: Set[Stage] = frozenset({"in"})
    most_bytes: int = 0


OPEN = Access(is_open=True)
EACH_THEIR_OWN: Mapping[Role, Reach] = dict.fromkeys(ROLES, "own")
REFERRERS: Mapping[Role, Reach] = {"referrer": "organization"}
MAY_DO_WITHOUT = [role for role in ROLES if role not in SECOND_FACTOR]
EDITORS: Mapping[Role, Reach] = {"editor": "organization"}
ADMINISTRATORS: Mapping[Role, Reach] = {"administrator": "all"}
CURATORS: Mapping[Role, Reach] = {"curator": "all"}
WHO_READ: Mapping[Role, Reach] = {"curator": "all", "administrator": "all"}
PARTNERS: Mapping[Role, Reach] = {"partner": "organization", "administrator": "all"}
