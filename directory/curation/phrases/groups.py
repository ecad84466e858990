"""From items to groups: which days belong to which times.

A group is one thing said: days with their times, or what is known of them. Within a sentence the
order stays ('Mon 9-12, Wed 1-4' or '9-12 Mon, 1-4 Wed'), so a group ends where its first kind comes
again.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from directory.curation.phrases.clocks import Times
from directory.curation.phrases.days import WHOLE_WEEK, Days, Except
from directory.curation.phrases.items import ENDS, Item, Nothing, Sign, Unknown, Value, Word
from directory.curation.phrases.quantities import Choice, Count, Length

Join = Literal["", "or"]


@dataclass(frozen=True, slots=True)
class Group:
    """What is said of some sessions; None is not said."""

    days: Days | None = None
    excepted: tuple[int, ...] = ()
    times: tuple[Item, ...] = ()
    count: Count | None = None
    choice: Choice | None = None
    length: Length | None = None
    part: str | None = None
    mode: str | None = None
    season: str | None = None
    phase: str | None = None
    label: str | None = None
    session_label: str | None = None
    optional: bool = False
    join: Join = ""
    times_first: bool = False
    own_label: bool = False
    items: tuple[Item, ...] = field(default=(), compare=False)

    @property
    def says_when(self) -> bool:
        """True if it holds a session: days, times, or how often."""
        return bool(self.days or self.times or self.count or self.choice)


class Grouping:
    """Reads items one by one; `groups` at the end, and `unread` for what found no place."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.done: list[Group] = []
        self.now = Group()
        self.unread: list[Item] = []
        self._or = False
        self._and = False
        self._broken = False
        self._colon = False
        self._part_last = False
        self._mode_leads = _leads(items, "mode")
        self._season_leads = _leads(items, "season")
        self._label_leads = _leads(items, "label")
        self._programs = _programs(items)

    def read(self) -> list[Group]:
        """The groups in order."""
        for place, item in enumerate(self.items):
            self._take(place, item)
        self._close()
        return self.done

    def _take(self, place: int, item: Item) -> None:
        value = item.value
        if isinstance(value, Sign):
            self._or = value.kind == "or" or (self._or and value.kind not in ENDS)
            self._and = value.kind == "and"
            self._colon = self._colon or value.kind == "colon"
            self._broken = self._broken or value.kind in ENDS
        elif isinstance(value, Unknown):
            self._broken, self._or = True, False
        elif not isinstance(value, Nothing):
            self._say(place, item)
            self._or = self._and = False

    def _say(self, place: int, item: Item) -> None:
        value = item.value
        if isinstance(value, Word):
            self._word(place, item, value)
        elif isinstance(value, Days):
            self._days(item, value)
        elif isinstance(value, Except):
            self._except(place, item, value)
        elif isinstance(value, Times):
            self._times(place, item)
        elif isinstance(value, Count | Choice | Length):
            self._amount(item, value)

    def _close(self, **more: object) -> None:
        if self.now != Group(join=self.now.join, own_label=self.now.own_label):
            self.done.append(self.now)
        self.now = Group(join="or" if self._or else "", **more)  # type: ignore[arg-type]

    def _set(self, item: Item, **more: object) -> None:
        self._broken = self._colon = False
        self.now = replace(self.now, items=(*self.now.items, item), **more)  # type: ignore[arg-type]

    # days and times

    def _days(self, item: Item, value: Days) -> None:
        if not value.days:
            self.unread.append(item)
            return
        before = self.now.days
        one_more = self._and and self.now.count is not None and not before
        if one_more or (before and self._ends_list(before, value)):
            self._close(**self._kept())
            before = None
        if before and len(before.days) < WHOLE_WEEK:
            value = Days(tuple(dict.fromkeys((*before.days, *value.days))))
        self._set(item, days=value, times_first=bool(self.now.times))

    def _ends_list(self, before: Days, value: Days) -> bool:
        """True if these days are no more of the days before: something was said between them."""
        if self.now.times or self.now.optional or self._or or self._broken or self._colon:
            return True
        return before.any_one or value.any_one or (self.now.part is not None and self._part_last)

    def _except(self, place: int, item: Item, value: Except) -> None:
        if not self.now.days:
            self.unread.append(item)
            return
        self._set(item, excepted=(*self.now.excepted, *value.days))
        if self.now.times and isinstance(_next(self.items, place), Times):
            self._close(**self._kept())
            self._set(item, days=Days(value.days))

    def _times(self, place: int, item: Item) -> None:
        days_again = self.now.days or isinstance(_next(self.items, place), Days)
        if self.now.times and (self._or or (self.now.times_first and days_again)):
            self._close(**self._kept())
        self._set(item, times=(*self.now.times, item))

    def _amount(self, item: Item, value: Count | Choice | Length) -> None:
        name = type(value).__name__.lower()
        before = getattr(self.now, name)
        if before == value:
            return
        if isinstance(value, Count) and self._broken and not self._agrees(value):
            self.unread.append(item)
            return
        if before is not None:
            if isinstance(value, Length):
                self.unread.append(item)
                return
            self._close(**self._kept())
        self._set(item, **{name: value})

    def _agrees(self, value: Count) -> bool:
        """In a later sentence a number of days belongs to the days before only if it is theirs."""
        days = self.now.days.days if self.now.days else ()
        return not days or value.range.most == len(days)

    def _kept(self) -> dict[str, object]:
        """What goes on to the next group of the same heading."""
        kept: dict[str, object] = {"phase": self.now.phase}
        if self._label_leads or not self.now.own_label:
            kept["label"] = self.now.label
        if self._season_leads:
            kept["season"] = self.now.season
        if self._mode_leads:
            kept["mode"] = self.now.mode
        return kept

    # words

    def _word(self, place: int, item: Item, word: Word) -> None:
        if word.kind in ("part", "session_label"):
            self._part(place, item, word)
        elif word.kind == "optional":
            self._optional(place, item)
        elif word.kind in ("season", "mode"):
            self._tag(item, word)
        elif word.kind == "phase":
            self._phase(item, word)
        elif word.kind == "part_label":
            self._label(item, word)
            self.now = replace(self.now, part=word.meaning)
        elif word.kind == "label" or (len(self._programs) > 1 and word.meaning in self._programs):
            self._label(item, word)

    def _part(self, place: int, item: Item, word: Word) -> None:
        name = "part" if word.kind == "part" else "session_label"
        following = _next(self.items, place)
        taken = getattr(self.now, name) is not None or self.now.times or self._or
        leads = isinstance(following, Times | Days) or (self._or and self.now.part)
        if taken and leads:
            self._close(**self._kept())
        elif getattr(self.now, name) not in (None, word.meaning):
            self.unread.append(item)
            self.now = replace(self.now, part=None)
            return
        self._part_last = self.now.days is not None
        self._set(item, **{name: word.meaning})

    def _optional(self, place: int, item: Item) -> None:
        following = _next(self.items, place)
        if isinstance(following, Days) or (
            isinstance(following, Word) and following.kind == "session_label"
        ):
            if self.now.says_when:
                self._close(**self._kept())
        elif self.now.days and len(self.now.days.days) > 1:
            self._refuse(item)
            return
        self._set(item, optional=True)

    def _refuse(self, item: Item) -> None:
        """What cannot be told apart: the group goes unread."""
        self.unread.extend((*self.now.items, item))
        self.now = Group(join=self.now.join)

    def _tag(self, item: Item, word: Word) -> None:
        leads = self._season_leads if word.kind == "season" else self._mode_leads
        if leads and self.now.says_when:
            kept = {"season": self.now.season} if word.kind == "mode" else {}
            self._close(**kept)
        elif word.kind == "season" and self.now.season not in (None, word.meaning):
            self._refuse(item)
            return
        elif word.kind == "mode" and self.now.mode not in (None, word.meaning):
            if self._or:
                self.unread.append(item)
                self.now = replace(self.now, mode=None)
                return
            word = Word("mode", "hybrid")
        self._set(item, **{word.kind: word.meaning})

    def _phase(self, item: Item, word: Word) -> None:
        after = self.now.says_when and (self.now.phase is not None or " month" not in word.meaning)
        if after:
            if self.now.phase is None:
                self.now = replace(self.now, phase="first")
            self._close()
        self._set(item, phase=self._phase_name(word.meaning))

    def _phase_name(self, meaning: str) -> str:
        """'then' and 'then' are two phases: the second is 'then (2)'."""
        names = {group.phase for group in self.done}
        again = 2
        name = meaning
        while name in names:
            name, again = f"{meaning} ({again})", again + 1
        return name

    def _label(self, item: Item, word: Word) -> None:
        if self.now.label == word.meaning:
            return
        trails = word.kind == "label" and not self._label_leads
        if trails and not self.now.own_label:
            self._set(item, label=word.meaning, own_label=True)
            return
        if self.now.says_when or (self.now.label and self.now.own_label):
            self._close()
        self._set(item, label=word.meaning, own_label=True)


def _programs(items: Sequence[Item]) -> set[str]:
    """'iop' and 'php': labels where a text names both."""
    words = (item.value for item in items if isinstance(item.value, Word))
    return {word.meaning for word in words if word.kind == "program"} - {"other"}


def _leads(items: Sequence[Item], kind: str) -> bool:
    """True if the first such word stands before the first day, time or amount."""
    for item in items:
        if isinstance(item.value, Word) and item.value.kind in (kind, f"part_{kind}"):
            return True
        if isinstance(item.value, Days | Times | Count):
            return False
    return False


def _next(items: Sequence[Item], place: int) -> Value | None:
    """The next thing said, within the sentence."""
    for item in items[place + 1 : place + 8]:
        if isinstance(item.value, Sign) and item.value.kind in ENDS:
            return None
        named = isinstance(item.value, Word) and item.value.kind in ("program", "about")
        if not named and not isinstance(item.value, Sign | Nothing | Unknown):
            return item.value
    return None
