"""Signing in, the second step, and one's own account."""

from collections.abc import Mapping

from directory.web.staff.access.asking import EACH_THEIR_OWN, MAY_DO_WITHOUT, OPEN, Access

ROUTES: Mapping[str, Access] = {
    "sign_in": OPEN,
    "enter": OPEN,
    "leave": OPEN,
    "come_back": OPEN,
    "join": OPEN,
    "set_password": OPEN,
    "sign_out": Access(EACH_THEIR_OWN, stages=frozenset({"in", "code", "setup"})),
    "second_factor": Access(EACH_THEIR_OWN, stages=frozenset({"code"})),
    "show_code": Access(EACH_THEIR_OWN, stages=frozenset({"code"})),
    "my_second_factor": Access(EACH_THEIR_OWN, stages=frozenset({"in", "setup"})),
    "set_up": Access(EACH_THEIR_OWN, stages=frozenset({"in", "setup"})),
    "new_paper_codes": Access(EACH_THEIR_OWN),
    "remove_second_factor": Access(dict.fromkeys(MAY_DO_WITHOUT, "own")),
    "desk": Access(EACH_THEIR_OWN),
    "me": Access(EACH_THEIR_OWN),
    "change_password": Access(EACH_THEIR_OWN),
    "end_session": Access(EACH_THEIR_OWN, touches="session"),
    "end_other_sessions": Access(EACH_THEIR_OWN),
}
