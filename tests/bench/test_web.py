"""What the bench of the web asks: needs that are new in every round, or a pool that repeats."""

from bench.web import AGAIN, JSON, JSON_AGAIN, NEEDS, PAGE, POOL, ROUNDS, goals, of_round

NEEDS_DRAWN = [{"age": number} for number in range(POOL + NEEDS * (ROUNDS + 1))]


def ages(kind: str, turn: int) -> list[object]:
    return [need["age"] for need in of_round(kind, turn, NEEDS_DRAWN)]


def test_no_round_asks_what_another_asked() -> None:
    asked = [age for turn in range(ROUNDS + 1) for age in ages(JSON, turn)]
    assert len(set(asked)) == len(asked) == NEEDS * (ROUNDS + 1)
    assert not {*asked} & {*ages(JSON_AGAIN, 1)}


def test_pages_of_a_round_begin_at_the_other_end() -> None:
    assert ages(PAGE, 1) == ages(JSON, 1)[::-1]


def test_each_goal_says_whether_needs_repeat() -> None:
    medians = dict.fromkeys(("trivial handler", JSON, JSON_AGAIN), 1.0)
    pages = [kind for kind in (PAGE, *AGAIN) if kind.startswith("results page")]
    medians |= dict.fromkeys([*pages, f"{PAGE}, naive"], 1.0)
    names = [name for name, *_ in goals(medians)]
    assert len(names) == 4
    assert sum("each need new" in name for name in names) == 2
    assert sum(f"{POOL} needs in turn" in name for name in names) == 2
