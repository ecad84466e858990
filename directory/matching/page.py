"""A page explained at once: what the arrays know is read from them, the rest from short briefs.

It says of each program what `Explainer.match` says, which reads the whole record; a law test holds
the two equal.
"""

from collections.abc import Iterator, Sequence

from directory.catalog.answer import Answer
from directory.matching.brief import Brief, Briefs, Course, Today
from directory.matching.criteria import CRITERIA
from directory.matching.criterion import Criterion, Flags, Rows
from directory.matching.explain import ANSWERS, Explainer, shown_miles
from directory.matching.outcome import Highlight, Match, NeedAnswer, Record, ScheduleAnswer
from directory.matching.reach import minutes_away, spot_of
from directory.matching.table import VERDICTS, shift_between
from directory.matching.track_questions import mode_answers, start_answer

Answers = Iterator[NeedAnswer]


def explain_page(asked: Explainer, at: Rows, briefs: Briefs) -> tuple[Match, ...]:
    """Everything about the programs at these positions, in this order."""
    if not len(at):
        return ()
    judged, roster = asked.judged, asked.index.roster
    rows = judged.reach.rows[at]
    tracks = judged.board.tracks[judged.best[at]] - roster.columns["track_from"][rows]
    listed = rows.tolist()
    records = asked.index.records(listed)
    today = Today(asked.context, judged.board.now.date())
    known = briefs.read(asked.index, listed, records, today)
    courses = [one.courses[track] for one, track in zip(known, tracks.tolist(), strict=True)]
    page = _Page(asked, at, listed, records, known, courses)
    return page.matches()


class _Page:
    """The programs of one page, side by side."""

    def __init__(
        self,
        asked: Explainer,
        at: Rows,
        rows: Sequence[int],
        records: Sequence[Record],
        briefs: Sequence[Brief],
        courses: Sequence[Course],
    ) -> None:
        self._asked, self._at, self._rows = asked, at, rows
        self._records, self._briefs, self._courses = records, briefs, courses
        self._about = asked.judged.reach.miles[at].tolist()

    def matches(self) -> tuple[Match, ...]:
        """One match a program."""
        lines = [list(line) for line in self._lines()]
        answers = list(zip(*lines, strict=True)) if lines else [()] * len(self._rows)
        receipts = self._asked.receipts(self._at)
        schedules = list(self._schedules())
        return tuple(
            Match(
                record=record,
                track=course.tracks[0] if brief.listed else None,
                score=receipt.score(),
                miles=self._miles(row, about),
                travel_minutes=self._minutes(course, about),
                first_group=course.first,
                schedule=schedule,
                answers=told,
                receipt=receipt,
                highlight=self._highlight(row),
                spot=spot_of(self._asked.index.roster, row),
            )
            for record, brief, course, row, about, schedule, told, receipt in zip(
                self._records,
                self._briefs,
                self._courses,
                self._rows,
                self._about,
                schedules,
                answers,
                receipts,
                strict=True,
            )
        )

    def _highlight(self, row: int) -> Highlight | None:
        hits = self._asked.judged.hits
        return self._asked.index.highlight(row, hits.marks) if hits and hits.marks else None

    def _miles(self, row: int, about: float) -> float | None:
        return shown_miles(self._asked.judged.reach.place, self._asked.index.roster, row, about)

    def _minutes(self, course: Course, about: float) -> int | None:
        if course.from_home:
            return 0
        return minutes_away(self._asked.judged.need, about, course.at_peak)

    def _schedules(self) -> Iterator[ScheduleAnswer | None]:
        judged = self._asked.judged
        if not judged.need.weeks:
            yield from (None for _ in self._rows)
            return
        place, day = judged.reach.place, judged.board.now.date()
        zone = place.time_zone if place else None
        tiers = judged.tier[self._at].tolist()
        for at, (brief, course, tier) in enumerate(
            zip(self._briefs, self._courses, tiers, strict=True)
        ):
            told = course.settled.get(VERDICTS[tier])
            if told is None or shift_between(brief.time_zone, zone, day):
                minutes = self._minutes(course, self._about[at])
                told = self._asked.judge_course(
                    course.tracks, brief.time_zone, minutes, brief.proof("tracks")
                )
            yield told

    def _lines(self) -> Iterator[Answers]:
        """For each thing asked, the answers of all programs; in the order of `Explainer.match`."""
        judged = self._asked.judged
        if judged.need.near is not None:
            yield self._near()
        for criterion in CRITERIA:
            if criterion.name in judged.programs:
                yield from self._criterion(criterion)
        if judged.need.mode:
            yield self._mode()
        if judged.need.start_by is not None:
            yield self._start()

    def _criterion(self, criterion: Criterion) -> Iterator[Answers]:
        judged = self._asked.judged
        found, codes = judged.programs[criterion.name], criterion.asked(judged.need)
        if len(codes) != len(found.yes):  # one answer to all codes: the criterion tells to which
            yield self._in_full(criterion)
            return
        for code, yes, no in zip(codes, found.yes, found.no, strict=True):
            yield self._code(criterion, code, _answers(yes[self._at], no[self._at]))

    def _code(self, criterion: Criterion, code: str, answers: Sequence[Answer]) -> Answers:
        name, fact = criterion.name, criterion.fact
        for brief, answer in zip(self._briefs, answers, strict=True):
            details = brief.details.get(name)
            detail = details.get(code) if details else None
            yield NeedAnswer(name, code, answer, brief.proof(fact, code), detail)

    def _in_full(self, criterion: Criterion) -> Answers:
        need, context = self._asked.judged.need, self._asked.context
        for record in self._records:
            (told,) = criterion.explain(need, record.listing, context)
            yield told

    def _near(self) -> Answers:
        judged = self._asked.judged
        near, best = judged.tracks.answers["near"], judged.best[self._at]
        asked = f"{judged.reach.within_miles:g} miles"
        answers = _answers(near.yes[best], near.no[best])
        for brief, course, answer in zip(self._briefs, self._courses, answers, strict=True):
            detail = "virtual" if course.mode == "virtual" else None
            yield NeedAnswer("near", asked, answer, brief.proof("address"), detail)

    def _mode(self) -> Answers:
        modes = self._asked.judged.need.mode
        for brief, course in zip(self._briefs, self._courses, strict=True):
            proof = brief.proof("tracks")
            answer = Answer.UNKNOWN if proof.in_doubt else ANSWERS[mode_answers(course.mode, modes)]
            yield NeedAnswer("mode", "|".join(modes), answer, proof)

    def _start(self) -> Answers:
        need = self._asked.judged.need
        asked = need.start_by.isoformat() if need.start_by else ""
        for brief, course in zip(self._briefs, self._courses, strict=True):
            proof = brief.proof("tracks")
            answer = Answer.UNKNOWN if proof.in_doubt else start_answer(need, course.first)
            yield NeedAnswer("start_by", asked, answer, proof)


def _answers(yes: Flags, no: Flags) -> list[Answer]:
    return [
        Answer.YES if sure else Answer.NO if never else Answer.UNKNOWN
        for sure, never in zip(yes.tolist(), no.tolist(), strict=True)
    ]
