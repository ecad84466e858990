"""A week of 672 quarter hours, Monday 00:00 to Sunday 24:00, wrapping.

A set of quarter hours is an int of 672 bits: bit 0 is Monday 00:00-00:15.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

DAY = 96
QUARTERS = 7 * DAY
WHOLE_WEEK = (1 << QUARTERS) - 1
DAY_MINUTES = 24 * 60
WEEK_MINUTES = 7 * DAY_MINUTES


@dataclass(frozen=True, slots=True)
class Interval:
    """A part of a week: day 0 is Monday, minutes after midnight.

    An end that is not after its start lies on the next day; 00:00 and 23:59 as an end are 24:00.
    """

    day: int
    start: int
    end: int

    def minutes(self) -> tuple[int, int]:
        """Start and end in minutes of the week; the end may lie past Sunday 24:00."""
        end = DAY_MINUTES if self.end in {0, DAY_MINUTES - 1} else self.end
        if end <= self.start:
            end += DAY_MINUTES
        begin = self.day * DAY_MINUTES
        return begin + self.start, begin + end


def span_bits(start: int, length: int) -> int:
    """The quarter hours from `start` (any integer, wrapping), `length` of them."""
    if length >= QUARTERS:
        return WHOLE_WEEK
    bits = ((1 << length) - 1) << (start % QUARTERS)
    return (bits & WHOLE_WEEK) | (bits >> QUARTERS)


def touched(intervals: Iterable[Interval]) -> int:
    """The quarter hours that the intervals touch, even by one minute."""
    bits = 0
    for interval in intervals:
        start, end = interval.minutes()
        bits |= span_bits(start // 15, -(-end // 15) - start // 15)
    return bits


def covered(intervals: Iterable[Interval]) -> int:
    """The quarter hours of which every minute lies in one of the intervals."""
    free = bytearray(WEEK_MINUTES)
    for interval in intervals:
        start, end = interval.minutes()
        for begin, stop in _unwrapped(start, end):
            free[begin:stop] = b"\1" * (stop - begin)
    bits = 0
    for quarter in range(QUARTERS):
        if all(free[quarter * 15 : quarter * 15 + 15]):
            bits |= 1 << quarter
    return bits


def _unwrapped(start: int, end: int) -> Iterator[tuple[int, int]]:
    yield start, min(end, WEEK_MINUTES)
    if end > WEEK_MINUTES:
        yield 0, end - WEEK_MINUTES


@dataclass(frozen=True, slots=True)
class FreeWeek:
    """The quarter hours a person is free, each one in all of its 15 minutes."""

    bits: int

    @classmethod
    def from_busy(cls, busy: Iterable[Interval]) -> "FreeWeek":
        """Free whenever not busy."""
        return cls(WHOLE_WEEK & ~touched(busy))

    @classmethod
    def from_free(cls, free: Iterable[Interval]) -> "FreeWeek":
        """Free only when said so."""
        return cls(covered(free))

    @property
    def hours(self) -> float:
        """Free hours a week."""
        return self.bits.bit_count() / 4

    def missed(self, needed: int) -> int:
        """Minutes of the quarter hours `needed` in which the person is not free."""
        return (needed & ~self.bits).bit_count() * 15


def intervals_of(bits: int) -> tuple[Interval, ...]:
    """The set as intervals, cut at midnight, in the order of the week."""
    found = []
    for day in range(7):
        part = (bits >> (day * DAY)) & ((1 << DAY) - 1)
        found += [Interval(day, start * 15, end * 15) for start, end in runs(part)]
    return tuple(found)


def runs(bits: int) -> Iterator[tuple[int, int]]:
    """Start and end of each run of ones, lowest first."""
    at = 0
    while bits:
        zeros = (bits & -bits).bit_length() - 1
        bits >>= zeros
        ones = ((bits + 1) & ~bits).bit_length() - 1
        yield at + zeros, at + zeros + ones
        at += zeros + ones
        bits >>= ones
