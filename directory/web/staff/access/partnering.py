"""Sites that show the finder: their keys, seen to by their own people."""

from collections.abc import Mapping

from directory.web.staff.access.asking import ADMINISTRATORS, PARTNERS, Access

ROUTES: Mapping[str, Access] = {
    "partners": Access(PARTNERS),
    "add_partner": Access(PARTNERS),
    "partner": Access(PARTNERS, touches="partner"),
    "change_partner": Access(PARTNERS, touches="partner"),
    "partner_look": Access(PARTNERS, touches="partner"),
    "change_partner_look": Access(PARTNERS, touches="partner"),
    "pause_partner": Access(PARTNERS, touches="partner"),
    "reopen_partner": Access(PARTNERS, touches="partner"),
    "revoke_partner": Access(PARTNERS, touches="partner"),
    "restore_partner": Access(ADMINISTRATORS, touches="partner"),
    "give_partner": Access(ADMINISTRATORS, touches="partner"),
}
