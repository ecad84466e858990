"""Random tracks and weeks in the shapes that programs publish (shares of data/synthetic/shapes.csv)."""

import random

from directory.catalog.schedule import Choose, Session, Track

DAY_SETS = (
    (0, 1, 2, 3),
    (0, 2, 4),
    (0, 1, 3),
    (0, 1, 2, 3, 4),
    (0, 2, 3),
    (1, 3),
    (5, 6),
    (1, 3, 5),
)
SPANS = (170, 180, 180, 180, 195, 210, 240, 300)
STARTS = (480, 540, 555, 600, 780, 840, 960, 1020, 1050, 1080, 1110, 1325)


def some_track(rng: random.Random) -> Track:
    """One track; about half leave something open."""
    kind = rng.choices(
        (
            "named",
            "choose",
            "unnamed",
            "two unnamed",
            "untimed",
            "spanless",
            "pool unnamed",
            "mixed",
            "pool of all kinds",
            "half a time",
            "back to back",
        ),
        (26, 12, 12, 6, 10, 4, 6, 8, 8, 4, 4),
    )[0]
    mode = rng.choice(("in_person", "in_person", "virtual", "hybrid", None))
    return _KINDS[kind](rng, mode)


def _times(rng: random.Random) -> dict[str, int]:
    start = rng.choice(STARTS) + rng.choice((0, 0, 0, 10))
    return {"start": start, "end": (start + rng.choice(SPANS)) % 1440}


def _named(rng, mode):
    times = _times(rng)
    sessions = [Session(day=d, **times) for d in rng.choice(DAY_SETS)]
    if rng.random() < 0.3:
        sessions.append(
            Session(day=rng.randrange(7), mode=rng.choice((None, "virtual")), **_times(rng))
        )
    if rng.random() < 0.2:
        sessions.append(Session(day=rng.randrange(7), attendance="optional", **_times(rng)))
    return Track(mode=mode, sessions=tuple(sessions))


def _choose(rng, mode):
    times = _times(rng)
    days = rng.choice(DAY_SETS)
    pool = [Session(day=d, attendance="choose", **times) for d in days]
    if rng.random() < 0.4:
        pool += [Session(day=d, attendance="choose", **_times(rng)) for d in days[:2]]
    choose = Choose(rng.randint(1, min(3, len(days))), None, rng.random() < 0.5)
    fixed = [Session(day=rng.randrange(7), **_times(rng))] if rng.random() < 0.3 else []
    return Track(mode=mode, choose=choose, sessions=(*pool, *fixed))


def _unnamed(rng, mode):
    among = rng.choice(((), (), (5, 6), (0, 1, 2, 3, 4)))
    count = rng.randint(1, min(4, len(among) or 4))
    return Track(mode=mode, sessions=(Session(count=count, day_among=among, **_times(rng)),))


def _two_unnamed(rng, mode):
    evenings = Session(count=3, start=1110, end=1290)
    return Track(mode=mode, sessions=(evenings, Session(count=1, **_times(rng))))


def _untimed(rng, mode):
    part = rng.choice(("morning", "afternoon", "evening"))
    days = rng.sample(range(7), 2)
    shape = {"part_of_day": part, "span_minutes": rng.choice((180, 195, 240))}
    if rng.random() < 0.5:
        return Track(mode=mode, sessions=tuple(Session(day=d, **shape) for d in days))
    return Track(mode=mode, sessions=(Session(count=1, day_among=tuple(sorted(days)), **shape),))


def _spanless(rng, mode):
    part = rng.choice(("morning", "evening"))
    return Track(mode=mode, sessions=(Session(day=rng.randrange(7), part_of_day=part),))


def _pool_unnamed(rng, mode):
    pool = Session(
        count=rng.randint(3, 5), day_among=(0, 1, 2, 3, 4), attendance="choose", **_times(rng)
    )
    return Track(mode=mode, choose=Choose(rng.randint(1, 3)), sessions=(pool,))


def _mixed(rng, mode):
    fixed = tuple(Session(day=d, **_times(rng)) for d in rng.sample(range(7), 2))
    hour = Session(
        count=1, day_among=(2, 5), span_minutes=60, part_of_day=rng.choice(("morning", "evening"))
    )
    return Track(mode=mode, sessions=(*fixed, hour))


def _pool_of_all_kinds(rng, mode):
    """Published, untimed and unnamed sessions to choose from, on shared and on other days."""
    choices = [
        Session(day=rng.randrange(7), attendance="choose", **_times(rng)),
        Session(day=rng.randrange(7), attendance="choose", **_times(rng)),
        Session(
            day=rng.randrange(7),
            attendance="choose",
            part_of_day=rng.choice(("morning", "evening")),
            span_minutes=rng.choice((180, 240)),
        ),
        Session(
            count=rng.randint(1, 2),
            day_among=rng.choice(((5, 6), (0, 2, 4))),
            attendance="choose",
            **_times(rng),
        ),
    ]
    pool = rng.sample(choices, rng.randint(2, 4))
    return Track(
        mode=mode, choose=Choose(rng.randint(1, 2), None, rng.random() < 0.3), sessions=tuple(pool)
    )


def _half_a_time(rng, mode):
    """Only the start or only the end is published."""
    clock = rng.choice(STARTS)
    known = {"start": clock} if rng.random() < 0.5 else {"end": clock}
    span = rng.choice((None, 180))
    fixed = (Session(day=rng.randrange(7), **_times(rng)),) if rng.random() < 0.5 else ()
    return Track(
        mode=mode, sessions=(Session(day=rng.randrange(7), span_minutes=span, **known), *fixed)
    )


def _back_to_back(rng, mode):
    """Sessions that touch off the grid: one ends at ten to, the next begins there."""
    days = rng.sample(range(7), 2)
    pool = [
        Session(day=d, start=s, end=s + 50, attendance="choose")
        for d in days
        for s in (600, 650, 1080)
    ]
    return Track(mode=mode, choose=Choose(rng.randint(2, 4)), sessions=tuple(pool))


_KINDS = {
    "pool of all kinds": _pool_of_all_kinds,
    "half a time": _half_a_time,
    "back to back": _back_to_back,
    "named": _named,
    "choose": _choose,
    "unnamed": _unnamed,
    "two unnamed": _two_unnamed,
    "untimed": _untimed,
    "spanless": _spanless,
    "pool unnamed": _pool_unnamed,
    "mixed": _mixed,
}


def some_busy_week(rng: random.Random) -> list[tuple[int, int, int]]:
    """Busy times (day, start, end), some overnight, some at odd minutes."""
    kind = rng.choice(("nine", "shifts", "few", "evenings", "scattered"))
    if kind == "nine":
        return [(d, 540, 1020 + rng.choice((0, 5, 30))) for d in range(5)]
    if kind == "shifts":
        return [(d, 1320, 420) for d in rng.sample(range(7), rng.randint(2, 5))]
    if kind == "few":
        return [(rng.randrange(7), rng.randrange(1440), rng.randrange(1440))]
    if kind == "evenings":
        return [(d, 0, rng.choice((960, 1020, 1065))) for d in range(7)]
    return [
        (d, s := rng.randrange(360, 1200), s + rng.randrange(20, 300))
        for d in range(7)
        for _ in range(2)
    ]
