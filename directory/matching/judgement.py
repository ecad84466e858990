"""One pass over everything in reach: what fails, what fits, and the points, as arrays."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from directory.matching.board import Board, board_of
from directory.matching.criteria import CRITERIA
from directory.matching.criterion import Context, Flags, Judged, Rows
from directory.matching.index import Index, WordHits
from directory.matching.need import Need
from directory.matching.ranking import WANTED, Formula, Points
from directory.matching.reach import Reach
from directory.matching.roster import VIRTUAL
from directory.matching.track_questions import TracksJudged, best_tracks, judge_tracks

NEVER = 2**31
"""More minutes than can be missed: a track that something else rules out."""


@dataclass(frozen=True)
class Judgement:
    """Everything known about the rows in reach, position by position.

    `failing` has, for each program-wide must-have, the rows that answer no; `passing` are the rows
    that no must-have rules out. `best` is each row's track, a position in `board.tracks`.
    """

    need: Need
    must: frozenset[str]
    board: Board
    tracks: TracksJudged
    programs: Mapping[str, Judged]
    failing: Mapping[str, Flags]
    hits: WordHits | None
    best: Rows

    @property
    def reach(self) -> Reach:
        """The rows that were judged."""
        return self.board.reach

    @cached_property
    def passing(self) -> Flags:
        """Rows that pass every must-have."""
        return self.passing_all_but(None)

    def passing_all_but(self, without: str | None) -> Flags:
        """Rows that pass every must-have but one."""
        return self.programs_pass(without) & self.board.per_row(self.open_tracks(without))

    def programs_pass(self, without: str | None = None) -> Flags:
        """Rows that pass what programs as a whole answer."""
        left = self._failed
        if without is not None and without in self.failing:
            left = left - self.failing[without]
        passes: Flags = left == 0
        return passes

    def open_tracks(self, without: str | None = None) -> Flags:
        """Tracks that pass what each track answers for itself."""
        left = self._ruled_out
        if without is not None and without in self.must & self.tracks.answers.keys():
            left = left - self.tracks.answers[without].no
        passes: Flags = left == 0
        return passes

    @cached_property
    def _failed(self) -> NDArray[np.int8]:
        """How many must-haves rule each row out."""
        return _count(self.failing.values(), len(self.reach.rows))

    @cached_property
    def _ruled_out(self) -> NDArray[np.int8]:
        """How many must-haves rule each track out."""
        asked = self.must & self.tracks.answers.keys()
        return _count((self.tracks.answers[name].no for name in asked), len(self.board.tracks))

    @cached_property
    def tier(self) -> NDArray[np.int8]:
        """0 fits, 1 cannot tell, 2 misses, by row."""
        tier: NDArray[np.int8] = self.tracks.verdict[self.best]
        return tier

    @cached_property
    def missed_minutes(self) -> NDArray[np.int64]:
        """Minutes missed on the best track, by row."""
        minutes: NDArray[np.int64] = self.tracks.missed[self.best].astype(np.int64) * 15
        return minutes


def _count(flags: Iterable[Flags], size: int) -> NDArray[np.int8]:
    """How many of the flags are set."""
    counts = np.zeros(size, np.int8)
    for one in flags:
        counts += one
    return counts


def judge(
    need: Need,
    reach: Reach,
    index: Index,
    context: Context,
    now: datetime,
    *,
    changes: bool = False,
) -> Judgement:
    """Ask every program and every track in reach, once; `changes` is as for `Board`."""
    board = board_of(need, index.roster, reach, now, context.freshness, changes)
    tracks = judge_tracks(board)
    programs = {
        criterion.name: criterion.judge(need, index.roster.columns, reach.rows, context)
        for criterion in CRITERIA
        if criterion.asked(need)
    }
    hits = index.words(need.text) if need.text.strip() else None
    failing = {
        name: np.logical_or.reduce(judged.no)
        for name, judged in programs.items()
        if name in need.must
    }
    if hits is not None and hits.searched and "text" in need.must:
        failing["text"] = hits.scores[reach.rows] <= 0
    best = best_tracks(board, tracks, need.must)
    return Judgement(need, need.must, board, tracks, programs, failing, hits, best)


def parts_of(judged: Judgement, index: Index, formula: Formula, at: Rows) -> dict[str, Points]:
    """The points of each part at these positions; only what was asked, and freshness."""
    reach, need = judged.reach, judged.need
    parts: dict[str, Points] = {"fresh": index.roster.columns["fresh"][reach.rows[at]]}
    if need.weeks:
        parts["schedule"] = formula.of_schedule(judged.tier[at], judged.missed_minutes[at])
    if reach.place is not None:
        from_home = (judged.board.mode[judged.best[at]] == VIRTUAL) & reach.here[at]
        parts["near"] = formula.of_miles(reach.miles[at], from_home)
    if "payer" in judged.programs:
        parts["payer"] = formula.of_judged(judged.programs["payer"], at)[0]
    if "level_of_care" in judged.programs:
        parts["level"] = formula.of_judged(judged.programs["level_of_care"], at)[0]
    if "start_by" in judged.tracks.answers:
        parts["start"] = _of_tracks(judged, "start_by", formula, at)
    if (wanted := _wanted(judged, formula, at)) is not None:
        parts["wanted"] = wanted
    if judged.hits is not None and judged.hits.searched:
        parts["words"] = _of_words(judged.hits, reach.rows[at])
    return parts


def _wanted(judged: Judgement, formula: Formula, at: Rows) -> Points | None:
    lines = [
        line
        for name in WANTED
        if name in judged.programs
        for line in formula.of_judged(judged.programs[name], at)
    ]
    if "mode" in judged.tracks.answers:
        lines.append(_of_tracks(judged, "mode", formula, at))
    return sum(lines[1:], lines[0]) / len(lines) if lines else None


def _of_tracks(judged: Judgement, name: str, formula: Formula, at: Rows) -> Points:
    answers, best = judged.tracks.answers[name], judged.best[at]
    return formula.of_answers(answers.yes[best], answers.no[best])


def _of_words(hits: WordHits, rows: Rows) -> Points:
    """All for the best of the programs that answer, the others by their share of its score."""
    scores = hits.scores[rows].astype(np.float64)
    top = scores.max(initial=0.0)
    return scores / top if top > 0 else scores


def close_to_fitting(judged: Judgement) -> NDArray[np.int64]:
    """For each program that only misses the week, the least minutes it misses by."""
    answers, board = judged.tracks.answers["schedule"], judged.board
    others_allow = judged.open_tracks(without="schedule")
    now = board.per_row(others_allow & ~answers.no)
    minutes = np.where(others_allow, judged.tracks.missed.astype(np.int64) * 15, NEVER)
    least = np.minimum.reduceat(minutes, board.first) if len(minutes) else minutes
    found: NDArray[np.int64] = least[~now & judged.programs_pass(without="schedule")]
    return found
