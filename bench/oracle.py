"""The match as SQL, as an oracle: the same programs as ours, need by need.

`python -m bench.oracle` writes a section of `bench/RESULTS.md`. It shares no judging code with ours: plain
PostgreSQL looks at every program in a box, Vincenty's formula gives the miles, weeks are bit strings. No
extension is needed.
"""

import argparse
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from bench.corpus import Corpus, Row, corpus_of
from bench.peers.ours import ALL
from bench.peers.postgres import Postgres, quarters_for
from bench.queries import Query, draw
from bench.sections import measured_by, put, takes_place
from directory.matching.need import Need
from directory.matching.outcome import Outcome
from directory.matching.week import QUARTERS, WHOLE_WEEK

OLDEST = 150
WORKLOADS = ("near", "near_payer", "match")


class Oracle(Postgres):
    """One statement a need, over every program."""

    name = "plain SQL"

    def fill(self, corpus: Corpus) -> None:
        """Take in the programs of a corpus."""
        for statement in (_MILES, *_TABLES):
            self._db.execute(statement)
        with self._db.cursor() as cursor:
            with cursor.copy("COPY programs FROM STDIN") as copy:
                for row in corpus.rows:
                    copy.write_row(_columns(row, corpus))
            with cursor.copy("COPY tracks FROM STDIN") as copy:
                for row in corpus.rows:
                    for mask in row.masks or ():
                        copy.write_row((row.number, mask.at_peak, f"{mask.bits:0{QUARTERS}b}"))
        self._db.execute("CREATE INDEX ON tracks (row)")

    def hits(self, workload: str, query: Query, age: int) -> set[int]:
        """The numbers of the programs that nothing rules out."""
        south, north, west, east = query.box
        given = {
            "south": south,
            "north": north,
            "west": west,
            "east": east,
            "age": age,
            "lat": query.place.lat,
            "lon": query.place.lon,
            "miles": query.miles,
            "payer": None if workload == "near" else query.payer,
            "asks_week": workload == "match",
        }
        busy = ", ".join(
            f"({at}, B'{WHOLE_WEEK & ~free:0{QUARTERS}b}')" for at, free in enumerate(query.eroded)
        )
        return {row for (row,) in self._db.execute(_MATCH.replace("BUSY", busy), given)}


_TABLES = (
    """CREATE TABLE programs (id int PRIMARY KEY, lat float8, lon float8, refused text[],
        youngest int, oldest int, open bool)""",
    f"CREATE TABLE tracks (row int, peak bool, bits bit({QUARTERS}))",
)

_MATCH = f"""
WITH busy (k, bits) AS (VALUES BUSY),
inside AS (
  SELECT *, miles(lat, lon, %(lat)s, %(lon)s) AS d FROM programs
  WHERE lat BETWEEN %(south)s AND %(north)s AND lon BETWEEN %(west)s AND %(east)s)
SELECT id FROM inside AS near
WHERE d <= %(miles)s
  AND (%(payer)s::text IS NULL OR NOT refused @> ARRAY[%(payer)s::text])
  AND (youngest IS NULL OR %(age)s BETWEEN youngest AND oldest)
  AND (NOT %(asks_week)s OR open OR EXISTS (
    SELECT 1 FROM tracks t JOIN busy ON busy.k = {quarters_for("near.d")}
    WHERE t.row = near.id AND position(B'1' IN t.bits & busy.bits) = 0))
"""

# T. Vincenty, "Direct and inverse solutions of geodesics on the ellipsoid", Survey Review 1975, on WGS-84.
_MILES = """
CREATE FUNCTION miles(lat1 float8, lon1 float8, lat2 float8, lon2 float8) RETURNS float8
LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
  a constant float8 := 6378137.0; f constant float8 := 1 / 298.257223563;
  b constant float8 := a * (1 - f);
  u1 float8 := atan((1 - f) * tan(radians(lat1))); u2 float8 := atan((1 - f) * tan(radians(lat2)));
  l float8 := radians(lon2 - lon1); lambda float8 := l; before float8;
  sin_s float8; cos_s float8; s float8; sin_a float8; cos2_a float8; cos_2m float8;
  c float8; u float8; big_a float8; big_b float8;
BEGIN
  IF lat1 = lat2 AND lon1 = lon2 THEN RETURN 0; END IF;
  FOR step IN 1..100 LOOP
    sin_s := sqrt((cos(u2) * sin(lambda)) ^ 2
      + (cos(u1) * sin(u2) - sin(u1) * cos(u2) * cos(lambda)) ^ 2);
    cos_s := sin(u1) * sin(u2) + cos(u1) * cos(u2) * cos(lambda);
    s := atan2(sin_s, cos_s);
    sin_a := cos(u1) * cos(u2) * sin(lambda) / sin_s;
    cos2_a := 1 - sin_a ^ 2;
    cos_2m := CASE WHEN cos2_a = 0 THEN 0 ELSE cos_s - 2 * sin(u1) * sin(u2) / cos2_a END;
    c := f / 16 * cos2_a * (4 + f * (4 - 3 * cos2_a));
    before := lambda;
    lambda := l + (1 - c) * f * sin_a
      * (s + c * sin_s * (cos_2m + c * cos_s * (-1 + 2 * cos_2m ^ 2)));
    EXIT WHEN abs(lambda - before) < 1e-13;
  END LOOP;
  u := cos2_a * (a ^ 2 - b ^ 2) / b ^ 2;
  big_a := 1 + u / 16384 * (4096 + u * (-768 + u * (320 - 175 * u)));
  big_b := u / 1024 * (256 + u * (-128 + u * (74 - 47 * u)));
  RETURN b * big_a * (s - big_b * sin_s * (cos_2m + big_b / 4 * (cos_s * (-1 + 2 * cos_2m ^ 2)
    - big_b / 6 * cos_2m * (-3 + 4 * sin_s ^ 2) * (-3 + 4 * cos_2m ^ 2)))) / 1609.344;
END $$
"""


def _columns(row: Row, corpus: Corpus) -> tuple[object, ...]:
    program = corpus.listings[row.number].program
    ages, context = program.ages, corpus.house.context(corpus.house.clock().date())
    known = ages is not None and context.counts(program, "ages")
    youngest = (ages.min or 0) if ages and known else None
    oldest = (OLDEST if ages.max is None else ages.max) if ages and known else None
    return (
        *(row.number, row.lat, row.lon, list(row.refused)),
        *(youngest, oldest, row.masks is None),
    )


@dataclass(frozen=True, slots=True)
class Compared:
    """Needs of one kind: programs in our answers, in theirs, and in one of the two only."""

    workload: str
    needs: int
    ours: int
    theirs: int
    differing: int


def compare(corpus: Corpus, oracle: Oracle, queries: Sequence[Query]) -> list[Compared]:
    """Each need asked of both, on the programs that both can judge."""
    found = []
    for workload in WORKLOADS:
        alike = {row.number for row in corpus.rows if _judged_by_both(row, workload)}
        sets = []
        for query in queries:
            age = Random(query.number).randrange(12, 80)
            need = replace(query.need(workload, ALL), age=age)
            mine = _ours(corpus, need) & alike
            sets.append((mine, oracle.hits(workload, query, age) & alike))
        totals = sum(len(mine) for mine, _ in sets), sum(len(theirs) for _, theirs in sets)
        differing = sum(len(mine ^ theirs) for mine, theirs in sets)
        found.append(Compared(workload, len(queries), *totals, differing))
    return found


def _judged_by_both(row: Row, workload: str) -> bool:
    """Virtual tracks are nowhere, and SQL does not judge weeks that are published in part."""
    return not row.roams and (workload != "match" or row.masks is not None)


def _ours(corpus: Corpus, need: Need) -> set[int]:
    found = corpus.house.finder.find(need)
    if not isinstance(found, Outcome):
        raise TypeError(f"no place: {need.near}")
    numbers = {row.program: row.number for row in corpus.rows}
    return {numbers[one.listing.program.id] for one in found.matches}


def section(programs: int, compared: Sequence[Compared]) -> str:
    """The section of `bench/RESULTS.md`."""
    rows = [
        f"| {one.workload} | {one.needs} | {one.ours:,} | {one.theirs:,} | {one.differing} |"
        for one in compared
    ]
    return "\n".join(
        [
            "## The oracle",
            "",
            f"{measured_by('bench.oracle')} {programs:,} programs, the match as plain SQL on PostgreSQL,",
            "each need with an age. Compared are programs in person and, where a week is asked, fully",
            "published.",
            "",
            "| Workload | Needs | Ours | Theirs | Differing |",
            "| --- | --- | --- | --- | --- |",
            *rows,
        ]
    )


def main(arguments: Sequence[str] | None = None) -> list[Compared]:
    """Invent, ask, compare, write."""
    parser = argparse.ArgumentParser(prog="python -m bench.oracle", description=__doc__)
    parser.add_argument("--programs", type=int, default=5_000)
    parser.add_argument("--needs", type=int, default=1_000)
    takes_place(parser)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        corpus, oracle = corpus_of(options.programs, Path(folder) / "home"), Oracle()
        try:
            oracle.fill(corpus)
            compared = compare(corpus, oracle, draw(corpus, options.needs, seed=9))
        finally:
            oracle.close()
    put(section(options.programs, compared), options.into)
    return compared


if __name__ == "__main__":
    main()
