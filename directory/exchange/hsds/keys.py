"""Names that both directions share: identifiers, keys of the profile, and where coded facts go."""

from dataclasses import dataclass
from hashlib import sha1
from uuid import UUID

NAMESPACE = UUID("5b0f3c52-6f0e-5c3c-9d6b-1f3d2b1a7e40")
"""Our own name space of identifiers: it may never change, or every identifier does."""

ID = "x_id"
EVIDENCE = "x_evidence"
TIME_ZONE = "x_iana_timezone"
WITHHELD = "x_street_withheld"
AS_OF = "x_as_of"
SUPPORT = "x_support"
CENTS = "x_cents"
SLIDING_SCALE = "x_sliding_scale"
WEEKS = "x_weeks"
ATTENDANCE = "x_attendance"
LICENSES = "x_licenses"
EXAMPLE = "x_example"
TRACKS = "iop_tracks"

PROFILE_KEYS = (
    ID,
    EVIDENCE,
    TIME_ZONE,
    WITHHELD,
    AS_OF,
    SUPPORT,
    CENTS,
    SLIDING_SCALE,
    WEEKS,
    ATTENDANCE,
    LICENSES,
    EXAMPLE,
    TRACKS,
)

TAXONOMY = "stepwise/"
"""Our taxonomies are named by their vocabulary: 'stepwise/services'."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A fact whose codes become attributes: the vocabulary it draws on, and the HSDS link type."""

    fact: str
    kind: str
    link_type: str


CODED = (
    Coded("level_of_care", "levels_of_care", "service"),
    Coded("focus", "focus", "service"),
    Coded("conditions", "conditions", "service"),
    Coded("services", "services", "service"),
    Coded("populations", "populations", "audience"),
    Coded("payers", "payers", "payment_accepted"),
    Coded("accreditations", "accreditations", "accreditation"),
)


def identifier(*parts: object) -> str:
    """The UUID of one thing, such as a service and our id of it: the same in every export.

    Version 5 in our name space, as `uuid.uuid5` makes it, in a quarter of its time: a service has
    hundreds.
    """
    name = "\x1f".join(map(str, parts)).encode()
    digest = bytearray(sha1(NAMESPACE.bytes + name, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    plain = digest.hex()
    return f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"
