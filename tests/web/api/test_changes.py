"""Who follows `/api/v1/changes` from nothing to the end holds exactly what is listed."""

import base64
import tempfile
from contextlib import suppress
from pathlib import Path

import orjson
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from directory.catalog.whereabouts import WHYS
from directory.curation.linking.deciding import say_same, take_back
from directory.curation.undoing import undo
from directory.errors import Refusal
from directory.web.api import change_schemas
from tests.curation.linking.rows import DHCS, SAMHSA, certificate, substance, take
from tests.support.builders import NOW
from tests.support.living_site import Follower, LivingSite
from tests.web.api.test_match import problem

ADDRESS = "/api/v1/changes"
KEYS = ("a", "b", "c", "d")
NAMES = ("Morning", "Evening", "Lantern", "Night")


@pytest.fixture
def here(tmp_path):
    return LivingSite(tmp_path)


def told(here, **asked):
    body = here.client.get(ADDRESS, query_string=asked).json
    assert change_schemas.Changes().validate(body) == {}
    return body


def kinds(body):
    return {one["id"]: one["kind"] for one in body["data"]}


def test_each_kind_of_change_is_told_once_with_the_facts_it_touched(here):
    for key in KEYS:
        here.state(key, "Morning", description="Mornings.")
    here.publish()
    first = told(here)
    assert kinds(first) == dict.fromkeys(KEYS, "created")
    here.state("a", "Morning", description="Early mornings.")
    here.state("a", "Dawn", description="Early mornings.")
    here.deciding.readdress("b", "another-address")
    here.deciding.remove("c", "closed")
    here.publish()
    body = told(here, since=first["page"]["next"])
    assert kinds(body) == {"a": "updated", "b": "moved", "c": "removed"}
    facts = {one["id"]: one["facts"] for one in body["data"]}
    assert facts == {"a": ["description", "name"], "b": [], "c": []}
    assert [one["reason"] for one in body["data"]] == [None, None, "closed"]
    assert body["data"][1]["links"]["page"] == "/programs/another-address"
    here.deciding.relist("c")
    here.publish()
    assert kinds(told(here, since=body["page"]["next"])) == {"c": "created"}


def test_an_empty_page_still_says_where_to_go_on(here):
    empty = told(here)
    assert (empty["data"], empty["page"]["more"]) == ([], False)
    here.state("a", "Morning")
    here.publish()
    assert kinds(told(here, since=empty["page"]["next"])) == {"a": "created"}


def test_a_cursor_outlives_a_rebuild_and_a_backup_that_has_its_changes(here):
    here.state("a", "Morning")
    here.publish()
    cursor = told(here)["page"]["next"]
    kept = here.back_up()
    here.publish(whole=True)
    here.restore(kept)
    here.publish(whole=True)
    assert told(here, since=cursor)["data"] == []
    here.state("b", "Evening")
    here.publish()
    assert kinds(told(here, since=cursor)) == {"b": "created"}


@pytest.mark.parametrize("later", [0, 1, 3])
def test_a_cursor_of_changes_that_a_restored_backup_does_not_have_is_refused(here, later):
    here.state("a", "Morning")
    kept = here.back_up()
    here.state("b", "Evening")
    here.publish()
    cursor = told(here)["page"]["next"]
    here.restore(kept)
    for number in range(later):
        here.state(f"c{number}", "Night")
    here.publish()
    said = problem(here.client.get(ADDRESS, query_string={"since": cursor}))
    assert (said["status"], said["type"]) == (410, "urn:stepwise:problem:begin-again")
    assert said["errors"][0]["field"] == "since"


def test_where_invented_programs_come_or_go_one_begins_again(here):
    cursor = told(here)["page"]["next"]
    here.publish(examples=False)
    assert problem(here.client.get(ADDRESS, query_string={"since": cursor}))["status"] == 410


def encoded(plain):
    return base64.urlsafe_b64encode(orjson.dumps(plain)).rstrip(b"=").decode()


@pytest.mark.parametrize("cursor", [
    "", "?", "next", "é", encoded({}), encoded([0]), encoded([0, "", 0, 0, 0]), encoded(["0", "", 0, 0, 0, True]),
    encoded([True, "", 0, 0, 0, True]), encoded([-1, "", 0, 0, 0, True]), encoded([9, "", 0, 0, 0, True]),
    encoded([0, "", 5, 0, 0, True]), encoded([0, "", 0, 0, 0, True]) + "=", encoded([0, "x" * 2000, 0, 0, 0, True]),
    encoded([0.0, "", 0, 0, 0, True]), encoded([0, None, 0, 0, 0, True]), "WzAsICIiLDAsMCwwLHRydWVd",
])  # fmt: skip
def test_what_is_no_cursor_is_refused_and_says_how_to_begin(here, cursor):
    said = problem(here.client.get(ADDRESS, query_string={"since": cursor}))
    assert (said["status"], said["errors"][0]["field"]) == (422, "since")
    assert "none to begin" in said["errors"][0]["expected"]


@pytest.mark.parametrize("limit", ["0", "501", "x", ""])
def test_a_limit_has_bounds(here, limit):
    assert problem(here.client.get(ADDRESS, query_string={"limit": limit}))["status"] == 422


def test_a_page_links_to_the_next_one_and_is_not_sent_twice(here):
    for key in KEYS:
        here.state(key, "Morning")
    here.publish()
    first = here.client.get(f"{ADDRESS}?limit=3")
    link = first.headers["Link"]
    assert link.endswith('; rel="next"')
    rest = here.client.get(link[1:].partition(">")[0])
    assert [one["id"] for one in first.json["data"] + rest.json["data"]] == list(KEYS)
    assert "Link" not in rest.headers
    again = here.client.get(f"{ADDRESS}?limit=3", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_rows_that_turn_out_to_be_one_place_lead_there_and_back_again(here):
    take(here.records, SAMHSA, substance(programs=("iop", "php")))
    take(
        here.records,
        DHCS,
        certificate(street="99 East Green Street", programs=("iop",), license=None),
    )
    here.publish()
    before = here.listed()
    with here.records.desk() as desk:
        say_same(desk, 1, "maria", NOW)
    here.publish()
    (gone,) = before.keys() - here.listed().keys()
    found = here.finder.whereabouts(before[gone])
    assert found.program in here.listed()
    assert here.finder.journal.of(gone).gone.why == "listed_twice"
    with here.records.desk() as desk:
        take_back(desk, 1, "maria", NOW)
    here.publish()
    assert here.listed() == before


class Following(RuleBasedStateMachine):
    """Changes of every kind, published now and then, while somebody follows page by page."""

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.site = LivingSite(Path(self.folder.name))
        self.follower = Follower(self.site.client)
        self.given, self.kept = {}, None

    @rule(key=st.sampled_from(KEYS), name=st.sampled_from(NAMES), weeks=st.integers(8, 9))
    def state(self, key, name, weeks):
        self.site.state(key, name, weeks={"min": weeks})

    @rule(key=st.sampled_from(KEYS), why=st.sampled_from(WHYS), into=st.sampled_from(KEYS))
    def remove(self, key, why, into):
        self._try(
            lambda: self.site.deciding.remove(key, why, into if why == "listed_twice" else None)
        )

    @rule(key=st.sampled_from(KEYS))
    def relist(self, key):
        self._try(lambda: self.site.deciding.relist(key))

    @rule(key=st.sampled_from(KEYS), slug=st.sampled_from((None, "one-address", "two-address")))
    def readdress(self, key, slug):
        self._try(lambda: self.site.deciding.readdress(key, slug))

    @rule(number=st.integers(1, 12))
    def take_back_change(self, number):
        self._try(lambda: undo(self.site.records, number, clock=lambda: NOW))

    @rule(state_list=st.booleans())
    def read_a_list(self, state_list):
        if state_list:
            take(self.site.records, DHCS, certificate(street="99 East Green Street"))
        else:
            take(self.site.records, SAMHSA, substance(programs=("iop", "php")))

    @rule(number=st.integers(1, 3), what=st.sampled_from((say_same, take_back)))
    def link(self, number, what):
        def decide():
            with self.site.records.desk() as desk:
                what(desk, number, "maria", NOW)

        self._try(decide)

    @rule(whole=st.booleans())
    def publish(self, whole):
        self.site.publish(whole=whole)
        journal, stored = self.site.finder.journal, self.site.records.journal()
        assert tuple(journal.after(0, "", 1000)) == stored.whereabouts
        assert {number: journal.mark_of(number) for number in stored.marks} == stored.marks
        for slug in self.site.listed().values():
            self.given.setdefault(slug, journal.at(slug).program)

    @rule(limit=st.integers(1, 3))
    def follow(self, limit):
        self.follower.step(limit)

    @rule()
    def back_up(self):
        self.kept = self.site.back_up(), dict(self.given)

    @precondition(lambda self: self.kept)
    @rule()
    def restore(self):
        kept, self.given = self.kept[0], dict(self.kept[1])
        self.site.restore(kept)
        self.site.publish()

    @invariant()
    def an_address_stays_its_programs(self):
        journal = self.site.finder.journal
        for slug, program in self.given.items():
            assert journal.at(slug).program == program

    def teardown(self):
        try:
            self.site.publish()
            assert self.follower.to_the_end() == self.site.listed()
            fresh = Follower(self.site.client)
            assert fresh.to_the_end(1) == self.site.listed()
            assert fresh.begun_again == 0
        finally:
            self.folder.cleanup()

    def _try(self, act):
        """What cannot be is refused, and changes nothing."""
        with suppress(Refusal, StopIteration):
            act()


Following.TestCase.settings = settings(
    max_examples=12,
    stateful_step_count=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
test_who_follows_the_changes_holds_what_is_listed_whatever_happens_meanwhile = Following.TestCase
