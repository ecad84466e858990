"""Sessions and weeks as arrays: quarter hours of the week as 11 words of 64 bits, or as intervals."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from directory.matching.week import DAY, QUARTERS

Ints = NDArray[np.int64]
Words = NDArray[np.uint64]
Counts = NDArray[np.int16]
Flags = NDArray[np.bool_]

WORDS = 11
MODES = ("in_person", "virtual", None)
MOST_TRAVEL_QUARTERS = 24
PADS = MOST_TRAVEL_QUARTERS + 1


SPARSE = 128
"""Codes are not merged where they are so many times fewer than could be: few are the same."""

WEEKS_COUNTED = 4
LEVELS = 7
LEVEL = np.array([max(0, count.bit_length() - 1) for count in range(DAY + 1)], np.int64)
"""For so many starts in a row, the largest power of two that is not more."""


def words_of(bits: int) -> Words:
    """The 672 quarter hours as 11 words of 64 bits."""
    return np.frombuffer(bits.to_bytes(WORDS * 8, "little"), np.uint64)


_FIRST = np.stack([words_of((1 << count) - 1) for count in range(QUARTERS + 1)])
"""Row k has the first k quarter hours set."""


def masks(start: Ints, length: Ints) -> Words:
    """The quarter hours from each start (wrapping), as many as each length: rows of 11 words."""
    start = start % QUARTERS
    end = start + np.minimum(length, QUARTERS)
    wrapped: Words = _FIRST[np.minimum(end, QUARTERS)] & ~_FIRST[start]
    over = end > QUARTERS
    if over.any():
        wrapped[over] |= _FIRST[end[over] - QUARTERS]
    return wrapped


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists of lists, flat: list k is `items[begin[k]:begin[k + 1]]` of the level below; none is empty."""

    begin: Ints

    @classmethod
    def of(cls, lengths: Iterable[int]) -> "Lists":
        """From the length of each list."""
        return cls(np.cumsum([0, *lengths], dtype=np.int64))

    def open(self, which: Ints) -> tuple[Ints, Ints]:
        """The items of these lists one after the other, and where each list starts among them."""
        first = self.begin[which]
        count = self.begin[which + 1] - first
        ends = count.cumsum()
        size = int(ends[-1]) if len(ends) else 0
        if size == len(which):  # one each
            return first, np.arange(size)
        starts = ends - count
        return np.arange(size) + (first - starts).repeat(count), starts


def merged(codes: Ints, size: int) -> tuple[Ints, Ints]:
    """The codes (less than `size`), those that are the same as one, and the place of each among them.

    A few are given back as they are: to tell them apart takes longer than what is saved.
    """
    if len(codes) * SPARSE < size:
        return codes, np.arange(len(codes))
    wanted, place = np.zeros(size, bool), np.empty(size, np.int64)
    wanted[codes] = True
    distinct = np.flatnonzero(wanted)
    place[distinct] = np.arange(len(distinct))
    return distinct, place[codes]


def owners(starts: Ints, size: int) -> Ints:
    """For each of `size` items, which list it is in. No list is empty."""
    marks = np.zeros(size, np.int64)
    marks[starts[1:]] = 1
    return marks.cumsum()


@dataclass(frozen=True, slots=True)
class Person:
    """The week judged against: busy words, a running count of busy quarters, free stretches, shifts.

    Counts and stretches begin a week early and go over four: travel and clocks move an interval by
    less than a week, and none is longer. `rooms[k]` has, for each quarter, the longest free stretch
    that begins there or in the 2**k - 1 quarters after it.
    """

    busy: Words
    before: Counts
    rooms: Counts
    shift: Ints

    @classmethod
    def of(cls, free: int, shifts: tuple[int, ...]) -> "Person":
        """From the free quarter hours (an int of 672 bits)."""
        words = words_of(free)
        bits = np.unpackbits(words.view(np.uint8), bitorder="little")[:QUARTERS]
        weeks = np.empty((WEEKS_COUNTED, QUARTERS), np.int16)
        weeks[:] = 1 - bits
        busy = weeks.reshape(-1)
        before = np.zeros(len(busy) + 1, np.int16)
        np.add.accumulate(busy, out=before[1:])
        return cls(~words, before, _rooms(busy), np.array(shifts, np.int64))

    def missed(self, start: Ints, length: Ints) -> Ints:
        """Busy quarter hours in each interval."""
        first = start + QUARTERS
        last = first + np.minimum(length, QUARTERS)
        return (self.before.take(last) - self.before.take(first)).astype(np.int64)

    def has_room(self, start: Ints, starts: Ints, length: Ints) -> Flags:
        """Whether one of so many starts in a row (at most a day's) has its whole length free."""
        first, level = start + QUARTERS, LEVEL[starts]
        last = first + starts - (1 << level)
        longest = np.maximum(self.rooms[level, first], self.rooms[level, last])
        room: Flags = longest >= np.minimum(length, QUARTERS)
        return room


_QUARTERS_COUNTED = np.arange(WEEKS_COUNTED * QUARTERS, dtype=np.int16)


def _rooms(busy: Counts) -> Counts:
    """The free stretch from each quarter on, and the longest over ever more starts: see `Person`."""
    size = np.int16(len(busy))
    next_busy = np.minimum.accumulate(np.where(busy, _QUARTERS_COUNTED, size)[::-1])[::-1]
    rooms = np.empty((LEVELS, size), np.int16)
    rooms[0] = next_busy - _QUARTERS_COUNTED
    for level in range(1, LEVELS):
        below, half = rooms[level - 1], 1 << (level - 1)
        np.maximum(below[:-half], below[half:], out=rooms[level, :-half])
        rooms[level, -half:] = below[-half:]
    return rooms


@dataclass(frozen=True, slots=True)
class Sessions:
    """Intervals in quarter hours of the week, with the place of each one's mode and zone."""

    start: Ints
    length: Ints
    mode: Ints
    zone: Ints

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, int, int]]) -> "Sessions":
        """From (start, length, place in MODES, place of the zone)."""
        table = np.array(list(rows), np.int64).reshape(-1, 4)
        return cls(*(np.ascontiguousarray(table[:, column]) for column in range(4)))

    def padded(self, which: Ints, quarters: Ints, way: str, shift: Ints) -> tuple[Ints, Ints]:
        """Start and length with travel if in person, shifted if virtual; unpublished mode as `way`."""
        from_home = self.from_home(which, way)
        pad = np.where(from_home, 0, quarters)
        start = self.start[which] - pad + np.where(from_home, shift[self.zone[which]], 0)
        return start, self.length[which] + 2 * pad

    def from_home(self, which: Ints, way: str) -> Flags:
        """Which of the sessions need no travel."""
        mode = self.mode[which]
        found: Flags = mode == 1 if way == "in_person" else mode != 0
        return found


class PaddedMasks:
    """The masks of sessions with travel, remembered: they do not depend on who asks.

    Filled as they are needed, by any thread: each writes the same.
    """

    def __init__(self, sessions: Sessions, way: str) -> None:
        self._sessions = sessions
        self._way = way
        self._masks = np.zeros((len(sessions.start) * PADS, WORDS), np.uint64)
        self._done = np.zeros(len(sessions.start) * PADS, bool)

    def of(self, which: Ints, quarters: Ints, shift: Ints) -> Words:
        """One row for each session and its quarter hours of travel."""
        sessions = self._sessions
        turned = shift[sessions.zone[which]] != 0
        if turned.any() and (turned & sessions.from_home(which, self._way)).any():
            return masks(*sessions.padded(which, quarters, self._way, shift))
        codes = which * PADS + quarters
        new = codes[~self._done[codes]]
        if len(new):
            session, pad = np.divmod(np.unique(new), PADS)
            own = session * PADS + pad
            self._masks[own] = masks(
                *sessions.padded(session, pad, self._way, np.zeros_like(shift))
            )
            self._done[own] = True
        found: Words = self._masks[codes]
        return found
