"""The words of referrals: statuses, reasons, what is asked for, notes, clocks."""

from collections.abc import Mapping
from datetime import date

from directory.catalog.referral import (
    AgeBand,
    Asked,
    Case,
    Fit,
    KindOfCase,
    Note,
    Reason,
    Status,
    Ticket,
)
from directory.referrals.tickets import Actor
from directory.web.i18n import gettext, label_in, ngettext
from directory.web.services import services
from directory.web.showing import words
from directory.web.showing.answering import Said, modes
from directory.web.showing.chips import weeks

# A status at a glance: what to do next.
MARKS: Mapping[Status, str] = {
    **dict.fromkeys(("offered", "intake_kept", "started"), "yes"),
    **dict.fromkeys(("sent", "seen", "waitlisted"), "wait"),
    **dict.fromkeys(("draft", "needs_info", "no_show"), "ask"),
    **dict.fromkeys(("declined", "unable_to_reach", "expired"), "no"),
    **dict.fromkeys(("declined_by_person", "chose_other", "withdrawn"), "no"),
}


def status(ticket: Ticket) -> str:
    """Where a ticket stands, in words."""
    if ticket.status == "declined" and ticket.reason:
        return gettext("Declined: %(reason)s", reason=reasons()[ticket.reason])
    if ticket.status == "needs_info" and ticket.asked:
        return gettext("They need: %(thing)s", thing=asked()[ticket.asked])
    if ticket.status == "offered" and ticket.week:
        return gettext("First talk offered, %(week)s", week=week(ticket.week))
    if ticket.status == "waitlisted" and ticket.week:
        return gettext("On the waitlist, until about the %(week)s", week=week(ticket.week))
    return _plain()[ticket.status]


def _plain() -> Mapping[Status, str]:
    return {
        "draft": gettext("Not sent"),
        "sent": gettext("Sent, not opened yet"),
        "seen": gettext("Opened, no answer yet"),
        "needs_info": gettext("They need something"),
        "offered": gettext("First talk offered"),
        "waitlisted": gettext("On the waitlist"),
        "intake_kept": gettext("Came to the first talk"),
        "no_show": gettext("Did not come to the first talk"),
        "unable_to_reach": gettext("They could not reach the person"),
        "started": gettext("Started the group"),
        "declined": gettext("Declined"),
        "declined_by_person": gettext("The person said no"),
        "chose_other": gettext("The person chose another program"),
        "withdrawn": gettext("Taken back"),
        "expired": gettext("Ran out: nothing happened for 14 days"),
    }


def week(monday: date) -> str:
    """'week of Nov 30'."""
    return gettext("week of %(day)s", day=words.day_and_month(monday))


def reasons() -> Mapping[Reason, str]:
    """Why a program declines."""
    return {
        "no_capacity": gettext("no place"),
        "payer": gettext("does not take this way to pay"),
        "acuity_too_high": gettext("needs more care than we give"),
        "acuity_too_low": gettext("needs less care than we give"),
        "age_or_population": gettext("not our age or group of people"),
        "language": gettext("not in this language"),
        "schedule": gettext("the days or hours do not fit"),
        "out_of_area": gettext("too far, or not in our state"),
        "license": gettext("our license does not allow it"),
        "other": gettext("another reason"),
    }


def asked() -> Mapping[Asked, str]:
    """What a program may need first."""
    return {
        "call_us": gettext("a call"),
        "insurance": gettext("the insurance card"),
        "history_and_physical": gettext("history and physical of the last 30 days"),
        "medicine_list": gettext("the list of medicines"),
        "discharge_summary": gettext("the discharge summary"),
        "level_recommended": gettext("the level of care that was recommended"),
        "consent": gettext("the signed consent to share"),
    }


def notes() -> Mapping[Note, str]:
    """What one may note beside a program."""
    return {
        "first_choice": gettext("First choice"),
        "second_choice": gettext("Second choice"),
        "person_likes_it": gettext("The person likes it"),
        "no_answer": gettext("Called, no answer"),
        "left_message": gettext("Called, left a message"),
        "asked_payer": gettext("Called, asked about paying"),
        "asked_openings": gettext("Called, asked about places"),
    }


def acts(by: Actor) -> Mapping[Status, str]:
    """What one may do with a ticket, on buttons and choices."""
    if by == "referrer":
        return {
            "seen": gettext("We sent them what they need"),
            "chose_other": gettext("The person chose another program"),
            "declined_by_person": gettext("The person said no"),
            "withdrawn": gettext("Take it back"),
        }
    return {
        "offered": gettext("We offer a first talk"),
        "waitlisted": gettext("We have a waitlist"),
        "needs_info": gettext("We need something first"),
        "intake_kept": gettext("They came to the first talk"),
        "no_show": gettext("They did not come to the first talk"),
        "started": gettext("They started the group"),
        "unable_to_reach": gettext("We could not reach them"),
        "declined": gettext("We cannot take them"),
    }


def due(ticket: Ticket, today: date) -> str:
    """The clock: 'today', 'in 2 days', '1 day over'; "" once it is closed."""
    if ticket.due_on is None:
        return ""
    days = (ticket.due_on - today).days
    if days < 0:
        return ngettext("%(num)d day over", "%(num)d days over", -days)
    if days == 0:
        return gettext("due today")
    return ngettext("due in %(num)d day", "due in %(num)d days", days)


def programs(count: int, still_open: int) -> str:
    """How many programs a case has, and how many of them are open."""
    return ngettext(
        "%(num)d program, open: %(open)d",
        "%(num)d programs, open: %(open)d",
        count,
        open=still_open,
    )


def is_late(ticket: Ticket, today: date) -> bool:
    """True if its clock has run out."""
    return ticket.due_on is not None and ticket.due_on < today


def fit(known: Fit) -> Said:
    """Whether the week of the program fits that of the person."""
    said = {"yes": gettext("Fits"), "no": gettext("Clashes"), "unknown": gettext("Ask")}
    return Said("ask" if known == "unknown" else known, said[known])


def bands() -> Mapping[AgeBand, str]:
    """Ages as they are kept."""
    return {
        "child": gettext("Up to 12 years"),
        "teen": gettext("13 to 17 years"),
        "young_adult": gettext("18 to 25 years"),
        "adult": gettext("26 to 64 years"),
        "older_adult": gettext("65 years and older"),
    }


def needs(case: Case) -> tuple[tuple[str, str], ...]:
    """The coarse needs of a case, each with its name; those that nobody told say so."""
    known, told = case.needs, gettext("Not told")
    label = _label
    return (
        (gettext("Level of care"), label("levels_of_care", known.level) or told),
        (gettext("Age"), bands()[known.age] if known.age else told),
        (gettext("Ways to pay"), label("payers", known.payer) or told),
        (gettext("Language of the group"), label("languages", known.language) or told),
    )


def kind(one: KindOfCase) -> str:
    """A kind of case, named by what it asks for."""
    parts = (
        _label("levels_of_care", one.level),
        _label("focus", one.focus),
        _label("payers", one.payer),
        _label("languages", one.language),
        weeks().get(one.week or "", ""),
        modes().get(one.mode or "", ""),
    )
    return ", ".join(part for part in parts if part)


def _label(name: str, code: str | None) -> str:
    return words.capitalized(label_in(services.vocabularies[name], code)) if code else ""


def done(code: str) -> str:
    """What was just done; "" for a code that is none of ours."""
    said = {
        "opened": gettext("The case is open. Its code is yours: note it on your own papers."),
        "added": gettext("The programs are on the shortlist."),
        "sent": gettext("The ticket is ready. Now hand its link over: we send nothing."),
        "moved": gettext("Done. The clock is set anew."),
        "noted": gettext("Your note is kept."),
        "off": gettext("The program is off the shortlist."),
        "link": gettext("This is the new link. The old one opens no more."),
        "closed": gettext("The case is closed. It goes away within 90 days."),
        "gone": gettext("The case is gone: no program had been asked."),
        "kind": gettext("The kind of case is kept."),
        "kind_gone": gettext("The kind of case is gone."),
        "answered": gettext("Thank you. Your answer is there."),
    }
    return said.get(code, "")
