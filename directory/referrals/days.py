"""Business days and weeks: what clocks run on, and how coarse the dates are that stay."""

from datetime import date, timedelta

FRIDAY = 4
WEEK = timedelta(days=7)


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def friday_of(monday: date) -> date:
    """The last working day of a week."""
    return monday + timedelta(days=FRIDAY)


def business_days_after(day: date, count: int) -> date:
    """The day that many working days (Monday to Friday) later. Holidays are not known to us."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() <= FRIDAY
    return day


def weeks_from(day: date, count: int) -> tuple[date, ...]:
    """The Mondays of this week and of those after it."""
    return tuple(monday_of(day) + WEEK * ahead for ahead in range(count))
