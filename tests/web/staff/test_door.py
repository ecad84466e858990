"""Who may pass: every address of the desk, every role, one's own and another's things."""

from dataclasses import replace

import pytest

from directory.catalog.api_key import ApiKey
from directory.catalog.partner import Partner
from directory.catalog.referral import KindOfCase
from directory.catalog.staff import ROLES
from directory.catalog.upload import Upload
from directory.web.staff.access import ROUTES, TABLES
from directory.web.staff.doors import DOORS
from tests.support.desk import Desk, People, Watch, desk_app
from tests.web.staff.providing import make_listing
from tests.web.staff.referring import make_case

# Taken, sent on, or looked at and found wanting; against: the role, or the thing, is not theirs.
LET_IN, KEPT_OUT = {200, 303, 409, 422}, {403, 404}


def rules(app):
    """(method, endpoint, address) of everything the desk answers, in English."""
    return sorted(
        (method, rule.endpoint.partition(".")[2], rule.rule)
        for rule in app.url_map.iter_rules()
        if rule.endpoint.startswith("staff.")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    )


def test_every_address_of_the_desk_says_who_may_use_it(app):
    assert {page for _, page, _ in rules(app)} == set(ROUTES)


def test_no_address_stands_in_two_tables():
    """Or one of them would hold in silence."""
    assert sorted(ROUTES) == sorted(page for table in TABLES for page in table)


def test_an_address_that_touches_a_thing_names_it_by_number_and_the_others_name_none(app):
    for _, page, rule in rules(app):
        names = "<int:number>" in rule or "<program>" in rule
        assert names == (ROUTES[page].touches != "nothing"), rule


def test_an_address_that_nobody_declared_answers_nobody(tmp_path):
    app = desk_app(tmp_path, Watch())
    app.add_url_rule("/staff/forgotten", "staff.forgotten", lambda: "secret")
    people = People(app)
    for role in ROLES:
        desk = Desk(app)
        desk.sign_in(people.add(role))
        assert desk.client.get("/staff/forgotten").status_code == 404


def test_every_door_leads_to_an_address(app):
    assert {door.page for door in DOORS} <= {page for _, page, _ in rules(app)}


# --- the matrix ---------------------------------------------------------------------------------
# kind of thing -> what makes one that belongs to an account, and answers its number


def session_of(people, app, member):
    """Another sign-in of theirs, so that ending it does not end the walk."""
    Desk(app).sign_in(member)
    with people.services.book(write=False) as book:
        return book.sessions.of(member.number)[0].number


def account_of(people, app, member):
    return member.number


def organization_of(people, app, member):
    return member.organization.number


def case_of(people, app, member):
    with people.services.book() as book:
        return make_case(book, member.organization.number)[0]


def ticket_of(people, app, member):
    with people.services.book() as book:
        return make_case(book, member.organization.number)[1]


def kind_of(people, app, member):
    with people.services.book() as book:
        return book.referrals.add_kind(KindOfCase(member.organization.number, level="iop"))


def partner_of(people, app, member):
    with people.services.book() as book:
        key = f"pk_{len(book.partners.all()):020x}"
        made = Partner(
            key, "A site", ("https://a.example",), organization=member.organization.number
        )
        return book.partners.add(made, people.services.clock().date())


def api_key_of(people, app, member):
    """Nobody's: only who reaches everything sees it."""
    with people.services.book() as book:
        many = len(book.api_keys.all())
        return book.api_keys.add(
            ApiKey(f"{many:064x}", "A", ("api",), 1, people.services.clock().date())
        )


def upload_of(people, app, member):
    now, day = people.services.clock(), people.services.clock().date()
    with people.services.book() as book:
        name = f"none{len(book.uploads.newest(9_999))}"
        sent = Upload(0, name, "listing", 1, "0" * 64, member.number, now, day)
        people.services.workshop.folder(sent).mkdir(parents=True, exist_ok=True)
        return book.uploads.add(sent)


def listing_of(people, app, member):
    """The organization is linked to what it runs; the program is made where there is none yet."""
    place, records = member.organization, people.services.listings()
    program = f"program-{place.number}"
    if records.get(program) is None:
        make_listing(records, f"listed-{place.number}", program)
    with people.services.book() as book:
        book.people.put_organization(replace(place, listed_as=f"listed-{place.number}"))
    return program


THINGS = {
    "session": session_of,
    "account": account_of,
    "organization": organization_of,
    "case": case_of,
    "ticket": ticket_of,
    "kind": kind_of,
    "listing": listing_of,
    "partner": partner_of,
    "api_key": api_key_of,
    "upload": upload_of,
}
# Whose it is, seen from who asks; made anew for each address, as some of them close accounts.
OWNERS = {
    "own": lambda people, me: me,
    "organization": lambda people, me: people.add(me.role),
    "all": lambda people, me: people.add(me.role, at="Lakeside Court"),
    "none": lambda people, me: None,
}
# What a form needs to be taken; an address that is not here is sent empty.
FIELDS = {}


def test_every_kind_of_thing_can_be_made_for_the_matrix():
    assert {one.touches for one in ROUTES.values()} - {"nothing"} == set(THINGS)


@pytest.mark.parametrize("role", ROLES)
def test_each_role_is_let_in_where_the_table_says_and_nowhere_else(app, people, role):
    """Own things, a colleague's, another organization's, and none: 2xx, 303, 409 or 422, else 403 or 404."""
    wrong, reader = [], signed_in(app, people, role)
    for method, page, rule in rules(app):
        access = ROUTES[page]
        if access.is_open:
            continue
        reach = access.roles.get(role)
        for whose in OWNERS if access.touches != "nothing" else ["own"]:
            me, desk = reader if method == "GET" else signed_in(app, people, role)
            number = 999_999
            if access.touches != "nothing" and whose != "none":
                number = THINGS[access.touches](people, app, OWNERS[whose](people, me))
            address = address_of(rule, number)
            status = status_of(desk, method, address, FIELDS.get(page, {}))
            if (status in LET_IN) != allowed(reach, whose) or status not in LET_IN | KEPT_OUT:
                wrong.append(f"{method} {rule}, {role}, {whose}: {status}")
    assert wrong == []


def signed_in(app, people, role):
    """Somebody new of this role, and their desk; whoever reads alone may go on with it."""
    me, desk = people.add(role), Desk(app)
    desk.sign_in(me)
    return me, desk


def allowed(reach, whose):
    order = ("own", "organization", "all")
    return reach is not None and whose in order[: order.index(reach) + 1]


def test_the_walk_knows_how_far_each_reach_goes():
    """Or the matrix would agree with anything."""
    table = {
        (reach, whose): allowed(reach, whose)
        for reach in (None, "own", "organization", "all")
        for whose in OWNERS
    }
    assert [one for one, is_in in table.items() if is_in] == [
        ("own", "own"),
        ("organization", "own"),
        ("organization", "organization"),
        ("all", "own"),
        ("all", "organization"),
        ("all", "all"),
    ]


def address_of(rule, name):
    """An address that names a thing."""
    for part in ("<int:number>", "<program>"):
        rule = rule.replace(part, str(name))
    return rule.replace("<token>", "x").replace("<part>", "program.weeks")


def status_of(desk, method, address, fields):
    if method == "GET":
        return desk.client.get(address, headers=desk.headers).status_code
    return desk.send(address, fields).status_code


def test_who_is_not_signed_in_is_sent_to_the_form_and_nothing_happens(app, people):
    jo = people.add()
    number = session_of(people, app, jo)
    for method, page, rule in rules(app):
        if ROUTES[page].is_open:
            continue
        desk = Desk(app)
        answer = (
            desk.client.get(address_of(rule, 1))
            if method == "GET"
            else desk.send(address_of(rule, number))
        )
        leads_to = answer.headers["Location"].partition("?")[0]
        assert (answer.status_code, leads_to) == (303, "/staff/sign-in"), rule
    with people.services.book(write=False) as book:
        assert book.sessions.get(number) is not None


# --- forms of other sites -----------------------------------------------------------------------


def test_no_form_is_taken_without_its_token_or_from_elsewhere(app, people, browser_of):
    """CSRF: both locks hold alone, on every form (ASVS 5.0 3.5.1, 3.5.3)."""
    jo, other = people.add(), people.add()
    number = session_of(people, app, jo)
    strange = browser_of(other).token()
    for method, _, rule in rules(app):
        if method == "GET":
            continue
        address = address_of(rule, number)
        desk = browser_of(jo)
        good = desk.token()
        post, own = desk.client.post, {"Sec-Fetch-Site": "same-origin"}
        for token in ("", "x", strange, good[1:]):
            assert post(address, data={"csrf_token": token}, headers=own).status_code == 400, rule
        assert post(address, headers=own).status_code == 400, rule
        for elsewhere in (
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Origin": "https://evil.example"},
        ):
            answer = post(address, data={"csrf_token": good}, headers=elsewhere)
            assert answer.status_code == 403, rule
        assert desk.get("/staff").heading == "Your desk", rule


def test_a_token_of_before_signing_in_is_not_one_of_after(app, people):
    desk = Desk(app)
    before = desk.token()
    desk.sign_in(people.add())
    headers = {"Sec-Fetch-Site": "same-origin"}
    answer = desk.client.post("/staff/sign-out", data={"csrf_token": before}, headers=headers)
    assert answer.status_code == 400


def test_reading_a_page_changes_nothing(app, people, browser_of):
    """Every act is a POST: a GET of its address is refused."""
    desk = browser_of(people.add())
    for method, _, rule in rules(app):
        address = rule.replace("<int:number>", "1").replace("<token>", "x")
        if method == "POST" and ("GET", rule) not in {(m, r) for m, _, r in rules(app)}:
            assert desk.client.get(address).status_code == 405, rule
