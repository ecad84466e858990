"""The layout of docs/nodes.md, for real: two web nodes, a primary and its streaming replica.

One story, as starting it costs more than telling it.
"""

import io
import json
from datetime import date

import pytest
import sqlalchemy as sa
from werkzeug.datastructures import FileStorage

from directory.exchange.aside import checksum
from directory.store import tables
from directory.store.connect import open_database, writing
from directory.store.soundness import soundness
from tests.support import postgres
from tests.support.desk import Desk, People
from tests.support.editing import EDIT, Editing
from tests.support.nodes import servers as both_servers
from tests.support.nodes import two_nodes, wait_until
from tests.support.over_http import OverHttp
from tests.support.page import checked
from tests.test_cli import listing, program

DAY, EVENING = "acme-day", "acme-evening"
PAGE, RECORD = f"/programs/{EVENING}", f"/staff/record?program={EVENING}"
# How many generations hold the newest change, aged on the same day.
OF_THE_NEWEST = (
    "SELECT count(*) FROM generation GROUP BY change, as_of ORDER BY max(number) DESC LIMIT 1"
)
BY_CURATOR, AFTERWARDS = "626-555-0177", "626-555-0188"
MATCH = {"near": "91101", "within_miles": 25}


@pytest.fixture
def servers():
    """A primary and a replica that follows it."""
    if postgres.tools() is None:
        pytest.skip(postgres.NOT_HERE)
    with both_servers() as found:
        yield found


@pytest.fixture
def nodes(servers, tmp_path):
    """Two web nodes over both servers, and a folder that both see."""
    return two_nodes(*servers, tmp_path)


def asked(server, query):
    """What a server answers."""
    engine = open_database(server.url())
    with engine.connect() as connection:
        answer = connection.exec_driver_sql(query).scalar()
    engine.dispose()
    return answer


def counts(server):
    """Rows of every table but the one that grows with every generation."""
    engine = open_database(server.url())
    sound = soundness(engine)
    engine.dispose()
    assert sound.problems == ()
    return {name: count for name, count in sound.counts.items() if name != "generation"}


def caught_up(primary, replica):
    """Wait until the replica has all that the primary has."""
    at = asked(primary, "SELECT pg_current_wal_lsn()::text")
    query = f"SELECT pg_last_wal_replay_lsn() >= '{at}'::pg_lsn"
    wait_until(lambda: asked(replica, query), lambda: "the replica does not catch up")


def report(what):
    return {"program": EVENING, "what": what}


def is_up_to_date(node):
    """Wait until nothing keeps a node back."""
    node.answers("/readyz", 200)
    wait_until(lambda: "node:" not in node.ask("/readyz")[1], lambda: node.ask("/readyz")[1])


@pytest.mark.timeout(1200)
def test_two_nodes_a_primary_and_its_replica_through_a_bad_day(servers, nodes, tmp_path):
    (primary, replica), (one, two) = servers, nodes
    file = tmp_path / "listing.json"
    file.write_text(json.dumps(listing(program(DAY), program(EVENING))))
    assert one.command("import", "listing", str(file))[0] == 0
    a_report_of_long_ago(primary)
    with one.running(), two.running():
        what_is_past_its_time_is_deleted(primary)
        one_builds_and_the_other_fetches(one, two)
        an_edit_on_one_is_answered_by_the_other(one, two)
        desk = a_curator_edits_at_one_and_the_other_answers_it(one, two, primary)
        a_list_that_a_curator_uploads_is_one_generation_on_both(desk, one, two)
        a_replica_that_lags_hides_nothing(one, two, replica)
        form = a_change_looked_at(desk, AFTERWARDS)
        caught_up(primary, replica)
        before = counts(primary)
        primary.stop()
        people_search_on_and_edits_are_told_to_wait(one, two)
        what_a_curator_keeps_is_told_to_wait(desk, form, two)
        replica.promote()
        assert counts(replica) == before
        the_same_form_is_taken_after_the_promotion(desk, form, one, two)
        edits_work_again(one, two)
        assert counts(replica)["report"] == before["report"] + 1
        a_database_may_go_and_come_back(one, two, replica)


def a_report_of_long_ago(primary):
    engine = open_database(primary.url())
    with writing(engine) as connection:
        row = {"program_id": DAY, "what": "phone", "said": "", "told_on": date(2026, 1, 1)}
        connection.execute(sa.insert(tables.report).values(**row))
    engine.dispose()


def what_is_past_its_time_is_deleted(primary):
    """Nobody publishes and nobody looks at the desk: `follow` sees to it."""
    left = "SELECT count(*) FROM report"
    wait_until(lambda: asked(primary, left) == 0, lambda: "a report of long ago stays")


def one_builds_and_the_other_fetches(one, two):
    for node in (one, two):
        node.answers("/readyz", 200, "ready: 2 programs")
        is_up_to_date(node)
    answer_from_the_same_generation(one, two)


def answer_from_the_same_generation(one, two):
    def digests():
        return {checksum(node.generation() / "manifest.json") for node in (one, two)}

    wait_until(lambda: len(digests()) == 1, lambda: f"they stay two: {digests()}")


def an_edit_on_one_is_answered_by_the_other(one, two):
    assert one.command("readdress", DAY, "--to", "acme-by-day")[0] == 0
    two.answers("/programs/acme-by-day", 200)
    assert one.ask("/api/v1/reports", report("phone"))[0] == 202


def a_curator_edits_at_one_and_the_other_answers_it(one, two, primary):
    """Through the pages of the desk, signed in over HTTP; and whoever is first builds it for all."""
    with one.app() as app:
        desk = Desk(app, client=OverHttp(one.origin))
        desk.sign_in(People(app).add("curator"))
    kept = send(desk, a_change_looked_at(desk, BY_CURATOR))
    assert kept.status_code == 303, kept.text
    for node in (one, two):
        is_answered(node, BY_CURATOR)
    assert asked(primary, OF_THE_NEWEST) == 1
    desk.client.origin = two.origin  # as a proxy may lead them: signed in there, too
    assert BY_CURATOR in desk.get(RECORD).text
    desk.client.origin = one.origin
    return desk


def a_list_that_a_curator_uploads_is_one_generation_on_both(desk, one, two):
    """Its process has an environment of its own; what it publishes is the nodes', not one's."""
    file = FileStorage(io.BytesIO(json.dumps(listing(program("acme-noon"))).encode()), "list.json")
    sent = desk.send("/staff/imports", {"source": "listing", "file": file})
    assert sent.status_code == 303, sent.text
    address = sent.headers["Location"].partition("?")[0]
    wait_until(lambda: desk.get(address).form(f"{address}/apply"), one.log.read_text)
    desk.send(f"{address}/apply", desk.get(address).form(f"{address}/apply"))
    wait_until(lambda: "Taken in and published" in desk.get(address).text, one.log.read_text)
    two.answers("/api/v1/programs/acme-noon", 200)
    answer_from_the_same_generation(one, two)


def a_change_looked_at(desk, phone):
    """What the form would send that keeps another phone."""
    curator = Editing()
    editor = curator.editor(desk, "site.phone", program=EVENING)
    look = curator.look(desk, editor, site__phone=phone)
    assert f"put in: {phone}" in look.text
    return {**look.form(EDIT), "step": "keep"}


def send(desk, form):
    """What the node answers, as it is."""
    return desk.client.post(EDIT, form, desk.headers)


def is_answered(node, phone):
    """Wait until its public page and its JSON tell a phone."""
    node.answers(PAGE, 200, phone)
    node.answers(f"/api/v1/programs/{EVENING}", 200, phone)


def a_replica_that_lags_hides_nothing(one, two, replica):
    asked(replica, "SELECT pg_wal_replay_pause()")
    assert one.command("readdress", DAY, "--to", "acme-at-noon")[0] == 0
    two.answers("/programs/acme-at-noon", 200)
    asked(replica, "SELECT pg_wal_replay_resume()")


def people_search_on_and_edits_are_told_to_wait(one, two):
    for node in (one, two):
        status, found = node.ask("/api/v1/match", MATCH)
        assert (status, json.loads(found)["page"]["total"]) == (200, 3)
        assert node.ask("/programs/acme-at-noon")[0] == 200
        node.answers("/readyz", 200, "database: does not answer")
        node.answers("/readyz", 200, "node: the database is away; what stands is served")
        status, said = node.ask("/api/v1/reports", report("hours"))
        assert (status, "Searching still works" in said) == (503, True), said
    status, said = two.command("remove", DAY, "--reason", "closed")
    assert (status, "cannot be used just now" in said) == (1, True), said
    status, said = two.command("history", DAY)  # the replica is read
    assert (status, "Acme Recovery" in said) == (0, True), said


def what_a_curator_keeps_is_told_to_wait(desk, form, two):
    told = checked(send(desk, form), 503, may_hold_cookie=True)
    assert told.heading == "We cannot save or look that up just now. It is our fault, not yours."
    assert "Searching still works. Try again in a few minutes." in told.text
    assert BY_CURATOR in desk.get(RECORD).text, "the desk is read on"
    is_answered(two, BY_CURATOR)


def the_same_form_is_taken_after_the_promotion(desk, form, one, two):
    """The curator goes back to the page they had and presses the button again: nobody signs in anew."""
    wait_until(lambda: send(desk, form).status_code == 303, one.log.read_text)
    for node in (one, two):
        is_answered(node, AFTERWARDS)
    desk.client.origin = two.origin
    assert AFTERWARDS in desk.get(RECORD).text


def edits_work_again(one, two):
    one.answers("/api/v1/reports", 202, body=report("hours"))
    assert two.command("remove", DAY, "--reason", "closed")[0] == 0
    for node in (one, two):
        node.answers(f"/api/v1/programs/{DAY}", 410)
        is_up_to_date(node)


def a_database_may_go_and_come_back(one, two, replica):
    replica.stop()
    assert one.ask("/api/v1/reports", report("payer"))[0] == 503
    replica.start()
    two.answers("/api/v1/reports", 202, body=report("payer"))
    assert one.command("relist", DAY)[0] == 0
    two.answers(f"/api/v1/programs/{DAY}", 200)
