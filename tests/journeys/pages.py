"""Every page there is, and how somebody comes to it, in any language: by addresses and fields, not by words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta

import pyotp
from playwright.sync_api import Page, Response

from directory.accounts import sessions, staff
from directory.accounts.roles import needs_second_factor
from directory.accounts.sessions import SessionRules
from directory.accounts.staff import Wanted
from directory.catalog.partner import Partner
from directory.catalog.staff import Role
from directory.store.connect import open_database
from directory.store.staff_records import SqlStaffBook, SqlStaffRecords
from directory.web.staff.access import ROUTES
from directory.web.staff.fact_forms import FORMS
from tests.conftest import Served, frozen
from tests.journeys.audits import keep_round
from tests.journeys.providers import PROGRAM, make_editor, make_link
from tests.journeys.referrals import keep_case, records_of
from tests.journeys.steps import GAADS_PAGE, sealed_address
from tests.journeys.uploads import keep_tried

# Addresses that answer files or machines, or send people on: not pages.
FILES = {
    "feed",
    "calendar",
    "come_back",
    "healthz",
    "leave",
    "listing_template",
    "readyz",
    "static_file",
    "tickets_csv",
    "tickets_json",
    "trail_csv",
    "trail_ndjson",
}
Fields = dict[str, str]
LAMPLIGHT = "organization=example-lamplight-evening"
FOUR = "&".join(
    f"p={slug}"
    for slug in (
        GAADS_PAGE.rpartition("/")[2],
        "lamplight-example-lamplight-evening-program",
        "blue-door-example-blue-door-behavioral-health",
        "sparrow-hill-example-sparrow-hill-recovery",
    )
)

RECORD = "example-blue-door"
# One fact of each kind of form.
FACTS = f"program={RECORD}&" + "&".join(
    f"fact={'.'.join(key)}" for key in {form: key for key, form in FORMS.items()}.values()
)


@dataclass(frozen=True)
class Way:
    """The endpoint that shows a page, how to come there (the last part is a language's prefix), its status."""

    shows: str
    go: Callable[[Page, Served, str], Response | None]
    status: int = 200


def at(address: str, shows: str, status: int = 200) -> Way:
    """A page that has an address of its own."""
    return Way(shows, lambda page, _, prefix: page.goto(prefix + address), status)


def sealed(address: str, shows: str, status: int = 200, **answers: str) -> Way:
    """A page whose address holds the worker's answers, sealed."""

    def go(page: Page, server: Served, prefix: str) -> Response | None:
        token = sealed_address(server, **answers).rpartition("/")[2]
        return page.goto(prefix + address.format(token))

    return Way(shows, go, status)


def sent(start: str, shows: str, *forms: Fields, status: int = 200) -> Way:
    """A page that answers a form: each of `forms` is filled in by field names and sent in turn."""

    def go(page: Page, _: Served, prefix: str) -> Response | None:
        response = page.goto(prefix + start)
        for fields in forms:
            with page.expect_response(is_a_page) as answer:
                send(page, fields)
            response = answer.value
        page.wait_for_load_state()
        return response

    return Way(shows, go, status)


def is_a_page(got: Response) -> bool:
    """The last answer of a chain of redirects to the window itself, not to a frame in it."""
    if not got.request.is_navigation_request() or 300 <= got.status < 400:
        return False
    return got.frame.parent_frame is None


def send(page: Page, fields: Fields) -> None:
    """Fill in the form that has these fields, and press its last button."""
    form = page.locator("main form").filter(has=page.locator(".btn[type=submit]")).last
    for name, value in fields.items():
        field = form.locator(f"[name='{name}']")
        if field.first.get_attribute("type") in ("radio", "checkbox"):
            form.locator(f"[name='{name}'][value='{value}']").check()
        elif field.first.evaluate("field => field.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    form.locator(".btn[type=submit]").last.click()


def answered(*choices: str) -> Way:
    """The self-check, once these answers were given in turn."""
    return sent("/self-check", "self_check_step", *({"answer": choice} for choice in choices))


def at_desk(address: str, shows: str, role: Role = "administrator", **how: bool) -> Way:
    """A page of the desk, for somebody of this role who is signed in."""

    def go(page: Page, server: Served, prefix: str) -> Response | None:
        sit_down(page, server, role, **how)
        return page.goto(prefix + address)

    return Way(shows, go)


def _account(page: Page, server: Served, prefix: str) -> Response | None:
    sit_down(page, server, "referrer")
    sit_down(page, server, "administrator")
    page.goto(f"{prefix}/staff/people")
    page.locator("main .data a").last.click()
    page.wait_for_url("**/staff/people/*")
    return page.reload()


def _invited(page: Page, server: Served, prefix: str) -> Response | None:
    """The page with the link, after an account was made; a new one each time."""
    sit_down(page, server, "administrator")
    page.goto(f"{prefix}/staff/people")
    number = page.locator("main .data tbody tr").count()
    fields = {"name": "Rosa Díaz", "email": f"rosa{number}@example.org"}
    with page.expect_response(is_a_page) as answer:
        send(page, fields)
    return answer.value


def _verified(page: Page, server: Served, prefix: str) -> Response | None:
    sit_down(page, server, "administrator")
    page.goto(f"{prefix}/staff/trail")
    with page.expect_response(is_a_page) as answer:
        page.locator("main form[method=post] button").click()
    return answer.value


def _paper_codes(page: Page, server: Served, prefix: str) -> Response | None:
    """A curator who sets up the second factor for the first time."""
    sit_down(page, server, "curator", passed=False, setting_up=True)
    page.goto(f"{prefix}/staff")
    letters = page.locator(".letters").inner_text().replace(" ", "")
    page.locator("#code").fill(pyotp.TOTP(letters).at(frozen()))
    with page.expect_response(is_a_page) as answer:
        page.locator("main .btn").first.click()
    return answer.value


@contextmanager
def staff_book(server: Served) -> Iterator[SqlStaffBook]:
    """The book of staff that the server reads."""
    engine = open_database(f"sqlite:///{server.home / 'directory.sqlite'}")
    try:
        with SqlStaffRecords(engine).book() as book:
            yield book
    finally:
        engine.dispose()


def sit_down(
    page: Page, server: Served, role: Role, *, passed: bool = True, setting_up: bool = False
) -> None:
    """Have this browser hold what a sign-in gives; the account is made when it is first asked for."""
    email = f"{role}@example.org"
    with staff_book(server) as book:
        member = book.people.by_email(email)
        if member is None:
            place = next(iter(book.people.organizations()), None)
            place = place or staff.add_organization(book, frozen(), 0, "Hillside Hospital")
            member = staff.add(book, frozen(), 0, Wanted(email, "Jo Miller", role, place))
        if setting_up:
            member = replace(member, secret=None)
            book.people.put(member)
        rules = SessionRules(timedelta(minutes=30), timedelta(hours=12))
        if needs_second_factor(member) and not setting_up:
            book.people.put(replace(member, secret="of no use here"))
        token = sessions.begin(book, rules, member, "safari", frozen())
        if passed:
            found = sessions.recognize(book, rules, token, frozen())
            token = sessions.renew(book, found.session, passed=True)
    page.context.add_cookies(
        [
            {"name": "staff", "value": token, "domain": "127.0.0.1", "path": path}
            for path in ("/staff", "/es/staff")
        ]
    )


def _api_key_made(page: Page, server: Served, prefix: str) -> Response | None:
    """The page with the secret, after a key was made; a new one each time."""
    sit_down(page, server, "administrator")
    page.goto(f"{prefix}/staff/api-keys")
    with page.expect_response(is_a_page) as answer:
        send(page, {"name": "County line"})
    return answer.value


def _api_key(page: Page, server: Served, prefix: str) -> Response | None:
    _api_key_made(page, server, prefix)
    return page.goto(f"{prefix}/staff/api-keys/1")


def of_partner(address: str, shows: str) -> Way:
    """A page of a partner site that has a key and was used; `{site}` stands for its number."""

    def go(page: Page, server: Served, prefix: str) -> Response | None:
        sit_down(page, server, "partner")
        with staff_book(server) as book:
            member = book.people.by_email("partner@example.org")
            assert member is not None
            number = keep_site(book, member.organization.number)
        return page.goto(prefix + address.format(site=number))

    return Way(shows, go)


def keep_site(book: SqlStaffBook, organization: int) -> int:
    """The number of a site of this organization, used yesterday; made when it is first asked for."""
    key, today = "pk_" + "5" * 20, frozen().date()
    for one in book.partners.all():
        if one.key == key:
            return one.number
    made = Partner(key, "River Clinic", ("https://www.clinic.example",), organization=organization)
    number = book.partners.add(made, today)
    book.partners.count(today - timedelta(days=1), {(key, "shown"): 48, (key, "asked"): 7})
    return number


def _joining(page: Page, server: Served, prefix: str) -> Response | None:
    sit_down(page, server, "referrer")
    with staff_book(server) as book:
        member = book.people.by_email("referrer@example.org")
        assert member is not None
        token = staff.link(book, frozen(), 0, member)
    return page.goto(f"{prefix}/staff/join/{token}")


def _uploaded(page: Page, server: Served, prefix: str) -> Response | None:
    """A file that was tried, and what was said of it."""
    sit_down(page, server, "curator")
    with staff_book(server) as book:
        member = book.people.by_email("curator@example.org")
        assert member is not None
        number = keep_tried(book, server.home, member.number)
    return page.goto(f"{prefix}/staff/imports/{number}")


def of_round(address: str, shows: str) -> Way:
    """A page of a call audit with three programs, of which one was called."""

    def go(page: Page, server: Served, prefix: str) -> Response | None:
        sit_down(page, server, "curator")
        return page.goto(prefix + address.format(round=keep_round(server)))

    return Way(shows, go)


def of_case(address: str, shows: str, *, opened: bool = False) -> Way:
    """A page of a case with three programs; `{case}` and the like stand for numbers and the link.

    The link is opened by who is not signed in: who asks does not answer.
    """

    def go(page: Page, server: Served, prefix: str) -> Response | None:
        sit_down(page, server, "referrer")
        with records_of(server).book(write=False) as book:
            member = book.people.by_email("referrer@example.org")
        kept = keep_case(server, member.organization.number, opened=opened)
        first, *_, last = kept.tickets
        if "{token}" in address:
            page.context.clear_cookies()
        return page.goto(
            prefix
            + address.format(
                case=kept.case.number,
                ticket=first.number,
                draft=last.number,
                token=kept.token,
                kind=kept.kind,
            )
        )

    return Way(shows, go)


def by_link(step: str, shows: str) -> Way:
    """A page where a program looks after its listing by a link."""

    def go(page: Page, server: Served, prefix: str) -> Response | None:
        with staff_book(server) as book:
            link = make_link(book)
        return page.goto(prefix + link + step)

    return Way(shows, go)


def of_own_program(address: str, shows: str) -> Way:
    """The same for program staff who are signed in."""

    def go(page: Page, server: Served, prefix: str) -> Response | None:
        with staff_book(server) as book:
            make_editor(book)
        sit_down(page, server, "editor")
        return page.goto(prefix + address)

    return Way(shows, go)


def then_sent(way: Way, shows: str, fields: Fields, status: int = 200) -> Way:
    """The page that answers the form of another page."""

    def go(page: Page, server: Served, prefix: str) -> Response | None:
        way.go(page, server, prefix)
        with page.expect_response(is_a_page) as answer:
            send(page, fields)
        page.wait_for_load_state()
        return answer.value

    return Way(shows, go, status)


def _clashes(page: Page, server: Served, prefix: str) -> None:
    page.goto(prefix + sealed_address(server))
    page.locator("main a[href$='#clash']").first.click()
    page.wait_for_url("**#clash")


PAGES = {
    "home": at("/", "home"),
    "guide": at("/guide", "guide"),
    "self-check": at("/self-check", "self_check"),
    "work": at("/work", "work"),
    "work for a program": at("/work?program=" + GAADS_PAGE.rpartition("/")[2], "work"),
    "paying": at("/paying", "paying"),
    "aftercare": at("/aftercare", "aftercare"),
    "family": at("/family", "family"),
    "meetings": at("/meetings", "meetings"),
    "maker": at("/embed", "maker"),
    "maker refused": at("/embed?accent=%23ffcc00&key=mine", "maker", 422),
    "ranking": at("/about/ranking", "ranking"),
    "data": at("/about/data", "data"),
    "open data": at("/exports/", "exports"),
    "for software": at("/api/", "reference"),
    "program": at(GAADS_PAGE, "program"),
    "report": at(GAADS_PAGE + "/report", "report"),
    "reported": at(GAADS_PAGE + "/report?sent=yes", "report"),
    "report refused": sent(GAADS_PAGE + "/report", "send_report", {}, status=422),
    "compare, empty": at("/compare", "compare"),
    "compare": at(f"/compare?{FOUR}", "compare"),
    "not found": at("/no-such-page", "", 404),
    "closed": at("/results/gAAAA-too-old", "results", 410),
    "results": sealed("/results/{}", "results"),
    "results of a link": at("/results?near=91101", "shared_results"),
    "nothing fits": sealed("/results/{}", "results", place="59001", within="5"),
    "clashes": Way("results", _clashes),
    "change": sealed("/change/{}", "change"),
    "share": sealed("/share/{}", "share"),
    "program for a week": sealed(GAADS_PAGE + "?for={}", "program"),
    "compare for a week": sealed(f"/compare?{FOUR}&for={{}}", "compare"),
    "unknown place": sealed("/results/{}", "results", 422, place="Passadena"),
    "ambiguous place": sealed("/results/{}", "results", 422, place="Springfield"),
    "refused answer": sent("/", "find", {"place": "91101", "week": "own"}, status=422),
    "self-check, danger": answered("yes"),
    "self-check, thoughts": answered("thoughts"),
    "self-check, withdrawal": answered("no", "daily"),
    "self-check, hurt": answered("no", "no", "hurt"),
    "self-check, end": answered("no", "no", "safe", "nothing", "most", "little"),
    "hours of work": sent(
        "/work", "work_missed", {"group-from-tue": "09:00", "group-to-tue": "14:00"}
    ),
    "hours refused": sent("/work", "count_work", {}, status=422),
    "meetings found": sent("/meetings", "meetings_found", {"place": "91101"}),
    "meetings, which place": sent(
        "/meetings", "find_meetings", {"place": "Springfield"}, status=422
    ),
    "sign in": at("/staff/sign-in", "sign_in"),
    "sign in refused": sent(
        "/staff/sign-in", "enter", {"email": "no@example.org", "password": "no"}, status=422
    ),
    "join": Way("join", _joining),
    "stale link": at("/staff/join/none", "join", 410),
    "desk": at_desk("/staff", "desk"),
    "my account": at_desk("/staff/me", "me"),
    "people": at_desk("/staff/people", "people"),
    "account": Way("account", _account),
    "invited": Way("invite", _invited),
    "organizations": at_desk("/staff/organizations", "organizations"),
    "organization": at_desk("/staff/organizations/1", "organization"),
    "partner sites": of_partner("/staff/partners", "partners"),
    "partner site": of_partner("/staff/partners/{site}", "partner"),
    "partner site, look": of_partner("/staff/partners/{site}/look", "partner_look"),
    "partner site, look refused": then_sent(
        of_partner("/staff/partners/{site}/look", "partner_look"),
        "change_partner_look",
        {"accent": "#ffcc00"},
        422,
    ),
    "health": at_desk("/staff/health", "health"),
    "settings": at_desk("/staff/settings", "settings"),
    "lists": at_desk("/staff/lists", "lists"),
    "keys for servers": at_desk("/staff/api-keys", "api_keys"),
    "key for a server": Way("api_key", _api_key),
    "key for a server, made": Way("make_api_key", _api_key_made),
    "many at once": at_desk("/staff/bulk", "bulk", "curator"),
    "many at once, found": at_desk(f"/staff/bulk?{LAMPLIGHT}", "bulk", "curator"),
    "many at once, confirm": at_desk(
        f"/staff/bulk/act?{LAMPLIGHT}&act=confirm", "bulk_act", "curator"
    ),
    "many at once, set": at_desk(
        f"/staff/bulk/act?{LAMPLIGHT}&act=set&fact=program.payers", "bulk_act", "curator"
    ),
    "many at once, take off": at_desk(
        f"/staff/bulk/act?{LAMPLIGHT}&act=remove", "bulk_act", "curator"
    ),
    "many at once, preview": then_sent(
        at_desk(f"/staff/bulk/act?{LAMPLIGHT}&act=set&fact=program.ages", "bulk_act", "curator"),
        "preview_bulk",
        {"program.ages.min": "19", "program.ages.max": "88"},
    ),
    "call audit": at_desk("/staff/audits", "audits", "curator"),
    "call audit, a round": of_round("/staff/audits/round?round={round}", "audit_round"),
    "call audit, a call": of_round("/staff/audits/call?round={round}", "audit_call"),
    "imports": at_desk("/staff/imports", "imports", "curator"),
    "uploaded file": Way("upload", _uploaded),
    "trail": at_desk("/staff/trail", "trail"),
    "trail verified": Way("verify_trail", _verified),
    "second step": at_desk("/staff/second-factor", "second_factor", passed=False),
    "second step, set up": at_desk("/staff/me/second-factor", "my_second_factor", "referrer"),
    "recovery codes": Way("set_up", _paper_codes),
    "curating": at_desk("/staff/curating", "curating", "curator"),
    "reports to check": at_desk("/staff/curating/reports", "queue_reports", "curator"),
    "wishes of programs": at_desk("/staff/curating/wishes", "queue_proposals", "curator"),
    "same place": at_desk("/staff/curating/links", "queue_links", "curator"),
    "conflicts": at_desk("/staff/curating/conflicts", "queue_conflicts", "curator"),
    "findings": at_desk("/staff/curating/findings", "queue_findings", "curator"),
    "old facts": at_desk("/staff/curating/old", "queue_stale", "curator"),
    "record": at_desk(f"/staff/record?program={RECORD}", "record", "curator"),
    "record, history": at_desk(
        f"/staff/record/history?program={RECORD}", "record_history", "curator"
    ),
    "record, editor": at_desk(f"/staff/record/edit?{FACTS}", "edit_record", "curator"),
    "record, what would be shown": then_sent(
        at_desk(f"/staff/record/edit?{FACTS}", "edit_record", "curator"),
        "mend_record",
        {
            "organization.npi": "1245319599",
            "program.tracks.phrase": "Mon, Wed 6-9 pm. Bring snacks",
        },
    ),
    "cases": of_case("/staff/cases", "cases"),
    "find for a case": of_case("/staff/find", "find_for_case"),
    "find for a case, filled in": of_case("/staff/kinds/{kind}", "find_for_kind"),
    "find for a case, told too much": then_sent(
        of_case("/staff/find", "find_for_case"),
        "match_case",
        {"place": "91101", "q": "for Jo Miller"},
        422,
    ),
    "found for a case": then_sent(
        of_case("/staff/find", "find_for_case"), "find_for_case", {"place": "91101", "need": "mh"}
    ),
    "case": of_case("/staff/cases/{case}", "case"),
    "list for a text message": of_case("/staff/cases/{case}/list", "plain_list"),
    "ticket": of_case("/staff/tickets/{ticket}", "ticket"),
    "ticket, not sent": of_case("/staff/tickets/{draft}", "ticket"),
    "packet": of_case("/staff/tickets/{ticket}/packet", "packet"),
    "referral, not opened": of_case("/staff/answer/{token}", "answer"),
    "referral": of_case("/staff/answer/{token}", "answer", opened=True),
    "referral, refused answer": then_sent(
        of_case("/staff/answer/{token}", "answer", opened=True), "answer_ticket", {}, 422
    ),
    "referral, closed": then_sent(
        of_case("/staff/answer/{token}", "answer", opened=True),
        "answer_ticket",
        {"to": "declined", "reason": "no_capacity"},
    ),
    "still right": by_link("", "show_listing"),
    "still right, told": by_link("/told", "told_listing"),
    "still right, a fact": by_link("/change/program.openings", "part_listing"),
    "still right, refused": then_sent(
        by_link("/change/site.phone", "part_listing"), "change_listing", {"site.phone": "1"}, 422
    ),
    "still right, week": then_sent(
        by_link("/change/program.tracks", "part_listing"),
        "change_listing",
        {"phrase": "Mon, Wed, Fri 6-9 pm, more or less"},
    ),
    "stale listing": at("/staff/listing/none", "show_listing", 410),
    "my programs": of_own_program("/staff/programs", "programs"),
    "my program": of_own_program(f"/staff/programs/{PROGRAM}", "show_program"),
    "my program, told": of_own_program(f"/staff/programs/{PROGRAM}/told", "told_program"),
    "my program, starts": of_own_program(f"/staff/programs/{PROGRAM}/change/start", "part_program"),
    "links for programs": at_desk("/staff/listing-links?q=lamplight", "listing_links"),
    "stale referral": at("/staff/answer/none", "answer", 410),
}
# A fault of ours has no address in the app: `served.py` has one, outside of any language.
BROKEN = at("/broken/heroin", "", 500)


def of_the_desk(name: str) -> bool:
    """True for the pages of staff and of programs that keep their listing."""
    return PAGES[name].shows in ROUTES
