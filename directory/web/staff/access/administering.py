"""Accounts, organizations, the trail, and how the installation is."""

from collections.abc import Mapping

from directory.web.staff.access.asking import ADMINISTRATORS, Access

ROUTES: Mapping[str, Access] = {
    "people": Access(ADMINISTRATORS),
    "invite": Access(ADMINISTRATORS),
    "account": Access(ADMINISTRATORS, touches="account"),
    "change_account": Access(ADMINISTRATORS, touches="account"),
    "new_link": Access(ADMINISTRATORS, touches="account"),
    "disable_account": Access(ADMINISTRATORS, touches="account"),
    "enable_account": Access(ADMINISTRATORS, touches="account"),
    "reset_second_factor": Access(ADMINISTRATORS, touches="account"),
    "end_sessions": Access(ADMINISTRATORS, touches="account"),
    "await_provider": Access(ADMINISTRATORS, touches="account"),
    "leave_provider": Access(ADMINISTRATORS, touches="account"),
    "organizations": Access(ADMINISTRATORS),
    "add_organization": Access(ADMINISTRATORS),
    "organization": Access(ADMINISTRATORS, touches="organization"),
    "change_organization": Access(ADMINISTRATORS, touches="organization"),
    "link_partner": Access(ADMINISTRATORS, touches="organization"),
    "trail": Access(ADMINISTRATORS),
    "verify_trail": Access(ADMINISTRATORS),
    "trail_csv": Access(ADMINISTRATORS),
    "trail_ndjson": Access(ADMINISTRATORS),
    "health": Access(ADMINISTRATORS),
    "lists": Access(ADMINISTRATORS),
    "settings": Access(ADMINISTRATORS),
    "api_keys": Access(ADMINISTRATORS),
    "make_api_key": Access(ADMINISTRATORS),
    "api_key": Access(ADMINISTRATORS, touches="api_key"),
    "change_api_key": Access(ADMINISTRATORS, touches="api_key"),
    "revoke_api_key": Access(ADMINISTRATORS, touches="api_key"),
}
