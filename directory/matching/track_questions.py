"""What each track answers for itself: near, schedule, mode, start. A person attends a track."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.catalog.answer import Answer
from directory.matching.board import NO_DATE, Board, TrackAnswers
from directory.matching.criterion import Rows
from directory.matching.need import Need
from directory.matching.outcome import FirstGroup
from directory.matching.pairs import CANNOT_TELL, FITS, MISSES
from directory.matching.roster import TRACK_MODES, VIRTUAL


def near(board: Board) -> TrackAnswers:
    """Inside the radius, or virtual in the person's own state.

    Unknown if it says no place, and where two sources answer differently.
    """
    reach, owner = board.reach, board.owner
    from_home = (board.mode == VIRTUAL) & reach.here[owner]
    yes = (reach.inside & ~reach.torn)[owner] | (from_home & ~board.doubtful)
    nowhere = np.isnan(reach.miles)[owner] & reach.here[owner]
    return TrackAnswers(yes, ~yes & ~nowhere & ~reach.torn[owner] & ~from_home)


def mode(board: Board) -> TrackAnswers:
    """In person, virtual, or both in turn (hybrid), where it is published."""
    wanted = np.array([mode_answers(one, board.need.mode) for one in TRACK_MODES])
    answers = wanted[board.mode]
    return TrackAnswers(answers == 0, answers == 2)


def mode_answers(mode: str | None, asked: tuple[str, ...]) -> int:
    """0 yes, 1 unknown, 2 no. Hybrid needs both ways to be acceptable, or to be asked for."""
    if mode is None:
        return 1
    if mode == "hybrid":
        return 0 if "hybrid" in asked or {"in_person", "virtual"} <= set(asked) else 2
    return 0 if mode in asked else 2


def start_by(board: Board) -> TrackAnswers:
    """A first group not later than the day asked."""
    dates = board.first_dates()
    limit = board.need.start_by.toordinal() if board.need.start_by else NO_DATE
    known = dates != NO_DATE
    return TrackAnswers(known & (dates <= limit), known & (dates > limit))


def start_answer(need: Need, first: FirstGroup) -> Answer:
    """The same for one track."""
    if first.date is None or need.start_by is None:
        return Answer.UNKNOWN
    return Answer.YES if first.date <= need.start_by else Answer.NO


@dataclass(frozen=True, slots=True)
class TracksJudged:
    """All four answers; those not asked are left out. `verdict` and `missed` only with a week.

    Where the week is in doubt, schedule, mode and start are unknown.
    """

    answers: dict[str, TrackAnswers]
    verdict: NDArray[np.int8]
    missed: NDArray[np.int32]


ASKED: tuple[tuple[str, Callable[[Need], bool], Callable[[Board], TrackAnswers]], ...] = (
    ("near", lambda need: need.near is not None, near),
    ("mode", lambda need: bool(need.mode), mode),
    ("start_by", lambda need: need.start_by is not None, start_by),
)


def judge_tracks(board: Board) -> TracksJudged:
    """Ask every track what the need asks of tracks."""
    doubtful = board.doubtful
    answers = {name: question(board) for name, asked, question in ASKED if asked(board.need)}
    answers |= {name: one.unless(doubtful) for name, one in answers.items() if name != "near"}
    verdict = np.full(len(board.tracks), FITS, np.int8)
    missed = np.zeros(len(board.tracks), np.int32)
    if board.need.weeks:
        verdict, missed = board.schedule()
        verdict = np.where(doubtful, CANNOT_TELL, verdict)
        missed = np.where(doubtful, 0, missed)
        answers["schedule"] = TrackAnswers(verdict == FITS, verdict == MISSES)
    return TracksJudged(answers, verdict, missed)


def best_tracks(board: Board, judged: TracksJudged, must: frozenset[str]) -> Rows:
    """For each row in reach the position (in `board.tracks`) of the track to attend.

    First one that no must-have rules out, then by verdict, minutes missed, near, mode, start, and
    the order in which the program lists them.
    """
    if len(board.tracks) == len(board.first):  # one each
        return board.first
    key = np.zeros(len(board.tracks), np.int32)
    for name in must & judged.answers.keys():
        key |= judged.answers[name].no
    key = (key * 4 + judged.verdict) * 1024 + judged.missed
    for name in ("near", "mode", "start_by"):
        if name in judged.answers:
            key = key * 4 + judged.answers[name].rank
    ordered = key.astype(np.int64) << 32 | np.arange(len(key))
    best: Rows = np.minimum.reduceat(ordered, board.first) & (2**32 - 1)
    return best
