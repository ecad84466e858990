"""Referrals: a program answers by a link, staff see what is of their organization."""

from collections.abc import Mapping

from directory.web.staff.access.asking import OPEN, REFERRERS, Access

ROUTES: Mapping[str, Access] = {
    "answer": OPEN,
    "open_ticket": OPEN,
    "answer_ticket": OPEN,
    "cases": Access(REFERRERS),
    "new_case": Access(REFERRERS),
    "find_for_case": Access(REFERRERS),
    "match_case": Access(REFERRERS),
    "save_kind": Access(REFERRERS),
    "tickets_csv": Access(REFERRERS),
    "tickets_json": Access(REFERRERS),
    "find_for_kind": Access(REFERRERS, touches="kind"),
    "remove_kind": Access(REFERRERS, touches="kind"),
    "case": Access(REFERRERS, touches="case"),
    "add_to_case": Access(REFERRERS, touches="case"),
    "close_case": Access(REFERRERS, touches="case"),
    "plain_list": Access(REFERRERS, touches="case"),
    "ticket": Access(REFERRERS, touches="ticket"),
    "send_ticket": Access(REFERRERS, touches="ticket"),
    "act_on_ticket": Access(REFERRERS, touches="ticket"),
    "new_ticket_link": Access(REFERRERS, touches="ticket"),
    "note_ticket": Access(REFERRERS, touches="ticket"),
    "take_off": Access(REFERRERS, touches="ticket"),
    "packet": Access(REFERRERS, touches="ticket"),
}
