import contextlib
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.urls import iri_to_uri

from directory.catalog.schedule import DAYS
from directory.errors import BadValue
from directory.matching.need import ALWAYS_MUST, Need
from directory.matching.week import FreeWeek, Interval
from directory.web import needs
from directory.web.needs import BadNeed
from directory.web.shared_link import read_link
from tests.web.api.fakes import vocabularies

WHOLE_WEEK = [{"day": day, "start": "00:00", "end": "24:00"} for day in DAYS]
NINE_TO_FIVE = {"busy": [{"day": day, "start": "09:00", "end": "17:00"} for day in DAYS[:5]]}
CONTRACT_BODY = {
    "near": "91101",
    "within_miles": 10,
    "travel_minutes": None,
    "travel_by": "car",
    "week": {"busy": [{"day": "mon", "start": "09:00", "end": "17:00"}]},
    "level_of_care": ["iop"],
    "focus": ["substance_use"],
    "conditions": [],
    "services": ["family_therapy"],
    "payer": "medi-cal",
    "languages": ["es"],
    "age": 34,
    "populations": [],
    "mode": ["in_person", "virtual"],
    "start_by": "2026-12-10",
    "text": "evening cbt",
    "must": ["schedule", "payer"],
    "limit": 20,
    "cursor": None,
    "lang": "en",
}


def read(**body: object) -> Need:
    return needs.read(body, vocabularies())


def refused(**body: object) -> list[BadValue]:
    with pytest.raises(BadNeed) as caught:
        needs.read(body, vocabularies())
    return list(caught.value.problems)


def only_problem(**body: object) -> BadValue:
    (problem,) = refused(**body)
    return problem


def test_the_body_of_the_contract_is_a_need():
    assert needs.read(CONTRACT_BODY, vocabularies()) == Need(
        near="91101",
        within_miles=10,
        weeks=(FreeWeek.from_busy([Interval(0, 540, 1020)]),),
        level_of_care=("iop",),
        focus=("substance_use",),
        services=("family_therapy",),
        payer="medi-cal",
        languages=("es",),
        age=34,
        mode=("in_person", "virtual"),
        start_by=date(2026, 12, 10),
        text="evening cbt",
        must=frozenset({"schedule", "payer"}),
    )


def test_an_empty_body_asks_for_everything():
    assert read() == Need()


def test_null_means_not_asked():
    assert needs.read(dict.fromkeys(needs.KEYS), vocabularies()) == Need()


def test_an_unknown_key_is_refused_with_the_keys_allowed():
    problem = only_problem(radius=5)
    assert (problem.field, problem.got) == ("radius", "radius")
    assert "within_miles" in problem.allowed


def test_an_unknown_code_is_refused_with_the_codes_allowed_and_the_nearest():
    problem = only_problem(payer="Medi Cal")
    assert problem.field == "payer"
    assert "did you mean 'medi-cal'" in problem.expected
    assert "medicare" in problem.allowed


def test_peoples_words_lead_to_the_code():
    assert "'opioid_use'" in only_problem(conditions=["heroine"]).expected


def test_every_problem_is_named_at_once():
    fields = [p.field for p in refused(bogus=1, age="34", payer=7, mode=["bus"], start_by="soon")]
    assert sorted(fields) == ["age", "bogus", "mode", "payer", "start_by"]


def test_a_whole_number_may_be_written_with_a_point():
    """JSON knows one kind of number: 34.0 is 34, and our description says so, too."""
    assert read(age=34.0).age == 34


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("age", "34"),
        ("age", True),
        ("age", 34.5),
        ("age", -1),
        ("age", 121),
        ("age", 10**400),
        ("within_miles", 0),
        ("within_miles", 501),
        ("within_miles", float("nan")),
        ("within_miles", float("inf")),
        ("within_miles", True),
        ("within_miles", "10"),
        ("travel_minutes", 181),
        ("travel_minutes", 7.5),
        ("limit", 0),
        ("limit", 101),
        ("travel_by", "bike"),
        ("near", 91101),
        ("near", "x" * 121),
        ("text", "x" * 501),
        ("text", ["cbt"]),
        ("start_by", "10.12.2026"),
        ("start_by", "2026-13-01"),
        ("start_by", "٢٠٢٦-١٢-١٠"),
        ("start_by", 20261210),
        ("level_of_care", "iop"),
        ("level_of_care", [["iop"]]),
        ("level_of_care", {"iop": 1}),
        ("services", ["cbt"] * 51),
        ("focus", [""]),
        ("focus", False),
        ("populations", ""),
        ("must", ["money"]),
        ("must", "payer"),
        ("sort", "price"),
        ("lang", "fr"),
        ("cursor", "x"),
        ("cursor", "é"),
        ("cursor", 3),
        ("week", "mondays"),
        ("week", []),
    ],
)
def test_a_value_out_of_line_is_refused_by_name(field: str, value: object):
    problem = only_problem(**{field: value})
    assert problem.field == field
    assert problem.expected


def test_what_we_got_is_repeated_short_and_clean():
    assert only_problem(text="a\x00b\ud800" * 200).got == "a b " * 20 + "…"
    assert only_problem(age={"a": 1}).got == "an object"
    assert only_problem(age=float("nan")).got == "nan"


def test_control_characters_leave_the_text():
    assert read(text="evening\x00\x1b[31m\n cbt").text == "evening [31m cbt"


def test_wildcards_and_field_syntax_are_only_words():
    assert read(text='payer:* OR "cbt~2').text == 'payer:* OR "cbt~2'


def test_must_names_the_needs_that_rule_out():
    assert read().must == ALWAYS_MUST
    assert read(must=["payer"]).must == {"payer"}
    assert read(must=[]).must == frozenset()


class TestWeek:
    def interval(self, **parts: str) -> dict[str, object]:
        return {"busy": [{"day": "mon", "start": "09:00", "end": "17:00", **parts}]}

    def test_busy_nine_to_five_leaves_evenings_and_mornings(self):
        (week,) = read(week=NINE_TO_FIVE).weeks
        assert week.hours == 7 * 24 - 5 * 8

    def test_an_end_before_the_start_lies_on_the_next_day(self):
        (week,) = read(week=self.interval(start="22:00", end="06:00")).weeks
        assert week == FreeWeek.from_busy([Interval(0, 1320, 1440), Interval(1, 0, 360)])

    @pytest.mark.parametrize("week", [{"busy": WHOLE_WEEK}, {"free": []}])
    def test_a_week_with_no_free_hour_is_a_week(self, week: dict[str, object]):
        assert read(week=week).weeks == (FreeWeek(0),)

    @pytest.mark.parametrize("week", [{"busy": WHOLE_WEEK}, {"free": []}])
    @pytest.mark.parametrize("other", [None, {"busy": []}])
    def test_of_who_fills_in_a_form_a_week_with_no_free_hour_is_asked_back(self, week, other):
        body = {"week": {"rotates": [other, week]} if other else week, "age": "old"}
        with pytest.raises(BadNeed) as refused:
            needs.read(body, vocabularies(), by_form=True)
        wrong = [(problem.field, problem.got) for problem in refused.value.problems]
        assert wrong == [("age", "old"), ("week", "no free hour")]

    def test_rotating_weeks_are_read_each(self):
        weeks = read(week={"rotates": [NINE_TO_FIVE, {"busy": []}]}).weeks
        assert [week.hours for week in weeks] == [128, 168]

    @pytest.mark.parametrize("count", [0, 1, 7])
    def test_two_to_six_weeks_rotate(self, count: int):
        assert only_problem(week={"rotates": [{"busy": []}] * count}).field == "week.rotates"

    def test_a_rotating_week_does_not_rotate_itself(self):
        twice = {"rotates": [{"busy": []}, {"busy": []}]}
        assert only_problem(week={"rotates": [{"busy": []}, twice]}).field == "week.rotates"

    @pytest.mark.parametrize("week", [{"busy": [], "free": []}, {}, {"preset": "nine"}])
    def test_a_week_is_one_of_busy_free_or_rotates(self, week: dict[str, object]):
        assert only_problem(week=week).allowed == ("busy", "free", "rotates")

    @pytest.mark.parametrize(
        ("parts", "field"),
        [
            ({"day": "monday"}, "day"),
            ({"day": 1}, "day"),
            ({"start": "9:00"}, "start"),
            ({"start": "24:00"}, "start"),
            ({"start": "٠٩:٠٠"}, "start"),
            ({"end": "24:01"}, "end"),
            ({"end": 1020}, "end"),
        ],
    )
    def test_a_wrong_part_of_a_time_is_named(self, parts: dict[str, str], field: str):
        assert only_problem(week=self.interval(**parts)).field == f"week.busy.{field}"

    @pytest.mark.parametrize("item", ["mon", {"day": "mon"}, {"day": 1, "start": 1, "to": 1}])
    def test_a_time_has_day_start_and_end(self, item: object):
        assert only_problem(week={"free": [item]}).field == "week.free"

    def test_at_most_100_times(self):
        time = {"day": "mon", "start": "09:00", "end": "10:00"}
        assert read(week={"free": [time] * 100}).weeks
        assert only_problem(week={"free": [time] * 101}).field == "week.free"


class TestCursor:
    def test_it_names_where_to_go_on(self):
        cursor = needs.encode_cursor(40, "g7.x")
        assert needs.decode_cursor(cursor) == (40, "g7.x")
        assert iri_to_uri(cursor) == cursor
        assert read(cursor=cursor).offset == 40


class TestForm:
    def body(self, *fields: tuple[str, str]) -> dict[str, object]:
        body = needs.from_form(MultiDict(fields), vocabularies())
        needs.read(body, vocabularies())
        return body

    def need(self, *fields: tuple[str, str]) -> Need:
        known = vocabularies()
        return needs.read(needs.from_form(MultiDict(fields), known), known, by_form=True)

    def test_an_empty_form_asks_for_iop(self):
        assert self.body() == {"level_of_care": ["iop"]}

    def test_answers_become_the_dialect(self):
        body = self.body(
            ("place", " 91101 "), ("how", "transit"), ("within", "15"), ("need", "mh"),
            ("need", "sud"), ("need", "ed"), ("pay", "medi-cal"), ("age", "34"), ("lang", "es"),
            ("q", "evening cbt"), ("must", "payer"), ("start_by", "2026-12-10"), ("plan", ""),
        )  # fmt: skip
        assert body == {
            "near": "91101",
            "travel_by": "transit",
            "within_miles": 15,
            "level_of_care": ["iop"],
            "focus": ["mental_health", "substance_use"],
            "conditions": ["eating_disorders"],
            "payer": "medi-cal",
            "languages": ["es"],
            "age": 34,
            "start_by": "2026-12-10",
            "text": "evening cbt",
            "must": ["age", "focus", "level_of_care", "near", "payer", "text"],
        }

    def test_not_sure_is_not_asked(self):
        fields = ("need", "unsure"), ("pay", "unsure"), ("lang", "any"), ("how", "")
        assert self.body(*fields) == {"level_of_care": ["iop"]}

    @pytest.mark.parametrize(
        ("fields", "payer"),
        [
            ([("pay", "plan")], "private-insurance"),
            ([("pay", "plan"), ("plan", "aetna")], "aetna"),
            ([("plan", "aetna")], "aetna"),
            ([("pay", "medi-cal"), ("plan", "la-care")], "la-care"),
            ([("pay", "medicare"), ("plan", "medicare-advantage")], "medicare-advantage"),
            ([("pay", "medicare"), ("plan", "aetna")], "medicare"),
            ([("pay", "medi-cal"), ("plan", "no-such-plan")], "medi-cal"),
            ([("pay", "self")], "self-pay"),
        ],
    )
    def test_a_plan_is_a_payer(self, fields: list[tuple[str, str]], payer: str):
        assert self.need(*fields).payer == payer

    def test_online_only_is_a_mode_and_no_travel(self):
        body = self.body(("how", "online"))
        assert body["mode"] == ["virtual"]
        assert "travel_by" not in body

    @pytest.mark.parametrize(
        ("preset", "hours"),
        [("nine", 55), ("evening", 35), ("school", 30), ("night", 70), ("any", 168)],
    )
    def test_a_preset_is_a_free_week(self, preset: str, hours: int):
        assert self.need(("week", preset)).weeks[0].hours == hours

    def test_painted_parts_are_free(self):
        need = self.need(("week", "own"), ("free", "mon-morning"), ("free", "sun-night"))
        assert need.weeks == (FreeWeek.from_free([Interval(0, 480, 720), Interval(6, 1260, 0)]),)

    def test_exact_hours_replace_the_painted_parts_of_that_day(self):
        need = self.need(
            ("week", "own"), ("free", "mon-morning"), ("free", "tue-morning"),
            ("from-mon", "18:00"), ("to-mon", "21:30"),
        )  # fmt: skip
        assert need.weeks == (FreeWeek.from_free([Interval(0, 1080, 1290), Interval(1, 480, 720)]),)

    @pytest.mark.parametrize(
        "own", [("free", "mon-morning"), ("free2", "sun-night"), ("from2-tue", "18:00")]
    )
    def test_a_picked_week_and_one_of_ones_own_are_asked_back(self, own: tuple[str, str]):
        with pytest.raises(BadNeed) as caught:
            self.need(("week", "evening"), own)
        (problem,) = caught.value.problems
        assert (problem.field, problem.got) == ("week", "a week picked and one painted")

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ([("week", "own")], "week"),
            ([("week", "never")], "week"),
            ([("week", "own"), ("free", "mon-teatime")], "week.free"),
            ([("week", "own"), ("from-mon", "18:00")], "week.free.end"),
            ([("age", "٣٤")], "age"),
            ([("age", "old")], "age"),
            ([("within", "1_0")], "within_miles"),
            ([("need", "money")], "focus"),
            ([("pay", "gold")], "payer"),
            ([("q", "x" * 501)], "text"),
            ([("keep", "1")], "keep"),
            ([("place", "a"), ("place", "b")], "place"),
        ],
    )
    def test_a_wrong_answer_is_refused_by_name(self, fields: list[tuple[str, str]], wrong: str):
        with pytest.raises(BadNeed) as caught:
            self.need(*fields)
        assert [problem.field for problem in caught.value.problems] == [wrong]

    @given(
        st.lists(st.tuples(st.sampled_from(needs.FORM_FIELDS) | st.text(), st.text()), max_size=6)
    )
    @settings(max_examples=200)
    def test_any_form_is_a_need_or_a_refusal(self, fields: list[tuple[str, str]]):
        with contextlib.suppress(BadNeed):
            self.need(*fields)


class TestReadableAddress:
    def back(self, body: dict[str, object]) -> dict[str, object]:
        from urllib.parse import parse_qsl

        pairs = parse_qsl(needs.to_params(body), keep_blank_values=True)
        return needs.from_params(MultiDict(pairs))

    def test_it_asks_the_same(self):
        again = needs.read(self.back(CONTRACT_BODY), vocabularies())
        assert again == needs.read(CONTRACT_BODY, vocabularies())

    def test_it_can_be_read_by_a_person(self):
        week = {"free": [{"day": "mon", "start": "17:00", "end": "22:00"}]}
        assert needs.to_params({"near": "91101", "week": week, "focus": ["mental_health"]}) == (
            "near=91101&focus=mental_health&free=mon-17:00-22:00"
        )

    def test_rotating_weeks_come_back(self):
        body: dict[str, object] = {"week": {"rotates": [NINE_TO_FIVE, {"free": []}]}}
        assert self.back(body) == body

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ([("bogus", "1")], "bogus"),
            ([("week", "nine")], "week"),
            ([("age", "1"), ("age", "2")], "age"),
        ],
    )
    def test_unknown_and_repeated_parameters_are_refused(
        self, query: list[tuple[str, str]], field: str
    ):
        with pytest.raises(BadNeed) as caught:
            needs.from_params(MultiDict(query))
        assert caught.value.problems[0].field == field

    @pytest.mark.parametrize(
        ("query", "field"),
        [
            ({"age": "٣"}, "age"),
            ({"limit": "1_0"}, "limit"),
            ({"free": "mon-9-10"}, "week.free.start"),
            ({"busy": "monday"}, "week.busy"),
            ({"busy": "mon-09:00-17:00", "free": "mon-09:00-17:00"}, "week"),
            ({"rotates": "busy:"}, "week.rotates"),
        ],
    )
    def test_values_are_judged_as_in_a_body(self, query: dict[str, str], field: str):
        assert only_problem(**needs.from_params(MultiDict(query))).field == field

    @given(st.dictionaries(st.sampled_from(needs.KEYS) | st.text(), st.text(), max_size=5))
    @settings(max_examples=200)
    def test_any_address_is_a_need_or_a_refusal(self, query: dict[str, str]):
        with contextlib.suppress(BadNeed):
            needs.read(needs.from_params(MultiDict(query)), vocabularies())

    @given(st.dictionaries(st.sampled_from(needs.PARAMS) | st.text(), st.text(), max_size=5))
    @settings(max_examples=200)
    def test_what_is_left_of_any_link_can_be_read(self, query: dict[str, str]):
        link = read_link(MultiDict(query), vocabularies())
        assert needs.read(link.body, vocabularies())


class TestOwnHours:
    def test_swapped_ends_are_asked_back(self):
        with pytest.raises(BadNeed) as caught:
            needs.from_form(
                MultiDict([("week", "own"), ("from-mon", "18:00"), ("to-mon", "17:00")]),
                vocabularies(),
            )
        problem = caught.value.problems[0]
        assert (problem.field, problem.got) == ("week.mon", "18:00 to 17:00")

    def test_a_free_night_past_midnight_is_taken(self):
        form = MultiDict([("week", "own"), ("from-mon", "20:00"), ("to-mon", "02:00")])
        assert needs.from_form(form, vocabularies())["week"] == {
            "free": [{"day": "mon", "start": "20:00", "end": "02:00"}]
        }
