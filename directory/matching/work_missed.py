"""How much work a track takes: the same week, with the hours of a job as the time that is not free."""

from dataclasses import dataclass
from datetime import date

from directory.catalog.schedule import Track
from directory.matching.outcome import NO_PROOF, ScheduleAnswer
from directory.matching.timetable import explain_schedule
from directory.matching.week import WHOLE_WEEK, FreeWeek, Interval, touched

# What FMLA and CFRA give in a year, in weeks of one's own work.
LEAVE_WEEKS = 12


@dataclass(frozen=True, slots=True)
class Job:
    """When somebody works, and for how many minutes a week they are paid (breaks may not be)."""

    hours: tuple[Interval, ...]
    paid_minutes: int

    @property
    def week(self) -> FreeWeek:
        """The time that work leaves free."""
        return FreeWeek.from_busy(self.hours)

    def share_of_week(self, missed_minutes: int) -> float:
        """Which part of a week's paid work these minutes are."""
        return missed_minutes / self.paid_minutes

    def share_of_leave(self, missed_minutes: int, weeks: int) -> float:
        """Which part of a year's leave is used up if so much is missed in each of these weeks."""
        return self.share_of_week(missed_minutes) * weeks / LEAVE_WEEKS


def minutes_of(hours: tuple[Interval, ...]) -> int:
    """Minutes in these hours, each quarter hour once."""
    return touched(hours).bit_count() * 15


def work_missed(job: Job, track: Track, travel_minutes: int, today: date) -> ScheduleAnswer:
    """The track judged against the job alone; `missed_minutes` are minutes of work."""
    quarters = -(-travel_minutes // 15)
    return explain_schedule([track], (job.week,), quarters, (None, None), today, NO_PROOF)


def hours_of(track: Track, today: date) -> ScheduleAnswer:
    """The hours that a track takes of somebody who is always free."""
    free = (FreeWeek(WHOLE_WEEK),)
    return explain_schedule([track], free, 0, (None, None), today, NO_PROOF)
