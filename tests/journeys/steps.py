"""What people do, in the words they see. A `Hand` does it with a mouse or with the keyboard alone."""

import re
from dataclasses import dataclass, field
from datetime import date, time
from urllib.parse import urlencode

from playwright.sync_api import Download, Locator, Page, expect

WORKER = {"place": "91101", "week": "I work 9 to 5", "help": "Alcohol or drugs", "pay": "Medi-Cal"}
# What the first page sends for these answers.
FORM = {
    "place": "91101",
    "how": "car",
    "week": "nine",
    "need": "sud",
    "pay": "medi-cal",
}
# Fields that a browser has in parts, and how English fills them: month first, and am or pm.
KEYED = {"date": "%m%d%Y", "time": "%I%M%p"}
GAADS = "Adventist Health Glendale: Intensive Outpatient Treatment (GAADS)"
GAADS_PAGE = "/programs/adventist-health-glendale-intensive-outpatient-treatment-gaads"


@dataclass
class Hand:
    """A person with a mouse."""

    page: Page

    def write(self, label: str, text: str) -> None:
        self.page.get_by_label(label, exact=True).fill(text)

    def pick(self, label: str) -> None:
        self.box(label).check()

    def paint(self, name: str, *boxes: str) -> None:
        """Tick parts of a painted week, such as 'mon-evening'."""
        for box in boxes:
            self.page.locator(f"input[name={name}][value={box}]").check()

    def tick(self, label: str) -> None:
        self.page.get_by_label(label, exact=True).check()

    def press(self, button: str) -> None:
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button, exact=True).click()

    def take(self, button: str) -> Download:
        """Press a button that hands over a file."""
        with self.page.expect_download() as taken:
            self.page.get_by_role("button", name=button, exact=True).click()
        return taken.value

    def follow(self, link: str | re.Pattern[str]) -> None:
        with self.page.expect_navigation():
            self._link(link).click()

    def open(self, summary: str) -> None:
        self._summary(summary).click()

    def choose(self, label: str, option: str) -> None:
        self.page.get_by_label(label, exact=True).select_option(label=option)

    def keep(self, program: str) -> None:
        self._keep(program).check()

    def back(self) -> None:
        self.page.go_back()

    def box(self, label: str) -> Locator:
        words = re.compile(rf"^\s*{re.escape(label)}")
        return self.page.locator("label.choice").filter(has_text=words).locator("input")

    def _keep(self, program: str) -> Locator:
        return self.page.get_by_label(f"Keep {program}", exact=True)

    def _link(self, link: str | re.Pattern[str]) -> Locator:
        exact = isinstance(link, str)
        return self.page.get_by_role("link", name=link, exact=exact).first

    def _summary(self, summary: str) -> Locator:
        return self.page.locator("summary").filter(has_text=summary).first


@dataclass
class Keyboard(Hand):
    """A person without a mouse: Tab, arrows, Space and Enter; Alt with the left arrow goes back."""

    pressed: list[str] = field(default_factory=list)

    def write(self, label: str, text: str) -> None:
        field = self.page.get_by_label(label, exact=True)
        self._reach(field)
        kind = field.get_attribute("type")
        if kind in KEYED:
            self.page.keyboard.type(keyed(kind, text))
        else:
            self._key("Control+a")
            self.page.keyboard.type(text)
        expect(field).to_have_value(text)

    def tick(self, label: str) -> None:
        box = self.page.get_by_label(label, exact=True)
        self._reach(box)
        self._key("Space")
        expect(box).to_be_checked()

    def pick(self, label: str) -> None:
        box = self.box(label)
        if box.get_attribute("type") == "radio":
            self._reach_radio(box)
        else:
            self._reach(box)
        if not box.is_checked():
            self._key("Space")
        expect(box).to_be_checked()

    def paint(self, name: str, *boxes: str) -> None:
        for box in boxes:
            self._reach(self.page.locator(f"input[name={name}][value={box}]"))
            self._key("Space")

    def keep(self, program: str) -> None:
        self._reach(self._keep(program))
        self._key("Space")
        expect(self._keep(program)).to_be_checked()

    def press(self, button: str) -> None:
        self._reach(self.page.get_by_role("button", name=button, exact=True))
        self._leave("Enter")

    def take(self, button: str) -> Download:
        self._reach(self.page.get_by_role("button", name=button, exact=True))
        with self.page.expect_download() as taken:
            self._key("Enter")
        return taken.value

    def follow(self, link: str | re.Pattern[str]) -> None:
        self._reach(self._link(link))
        self._leave("Enter")

    def open(self, summary: str) -> None:
        self._reach(self._summary(summary))
        self._key("Enter")

    def choose(self, label: str, option: str) -> None:
        self._reach(self.page.get_by_label(label, exact=True))
        self.page.keyboard.type(option)

    def _key(self, key: str) -> None:
        self.pressed.append(key)
        self.page.keyboard.press(key)

    def _leave(self, key: str) -> None:
        """Press a key that opens another page, and wait for it."""
        with self.page.expect_navigation():
            self._key(key)

    def _reach(self, target: Locator) -> None:
        expect(target).to_be_visible()
        for _ in range(400):
            if target.evaluate("it => it === document.activeElement"):
                assert has_focus_ring(self.page), "What has the focus does not show it"
                return
            self._key("Tab")
        raise AssertionError(f"Tab never comes to {target}")

    def _reach_radio(self, target: Locator) -> None:
        """Tab to the group (it is one stop), then arrows."""
        in_group = "it => document.activeElement.type === 'radio' && document.activeElement.name === it.name"
        for _ in range(400):
            if target.evaluate(in_group):
                break
            self._key("Tab")
        for _ in range(20):
            if target.evaluate("it => it === document.activeElement"):
                return
            self._key("ArrowDown")
        raise AssertionError(f"No key comes to {target}")


def keyed(kind: str, text: str) -> str:
    """The keys that type a day or a time."""
    read = date.fromisoformat(text) if kind == "date" else time.fromisoformat(text)
    return read.strftime(KEYED[kind])


def has_focus_ring(page: Page) -> bool:
    """Something is drawn around what has the focus, or around its label."""
    return page.evaluate(
        """() => { const drawn = one => { const s = getComputedStyle(one);
             return (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none'; };
             const it = document.activeElement; const label = it.closest('label');
             return drawn(it) || (label !== null && drawn(label)); }"""
    )


def answer_the_form(hand: Hand, answers: dict[str, str] = WORKER) -> None:
    """Fill in the first page and ask for programs."""
    hand.write("ZIP code or city", answers["place"])
    hand.pick(answers["week"])
    hand.pick(answers["help"])
    hand.pick(answers["pay"])
    hand.press("Show programs")


def read_sections(page: Page) -> list[tuple[str, list[str]]]:
    """The headings of the results in order, each with the verdicts of its cards."""
    found = []
    for head in page.locator(".group-head h2").all():
        cards = head.locator("xpath=../following-sibling::ol[1]").locator(".verdict")
        found.append((head.inner_text(), cards.all_inner_texts()))
    return found


def card_of(page: Page, program: str) -> Locator:
    """The card of one program."""
    return page.locator("article").filter(has=page.get_by_role("link", name=program, exact=True))


def turn_pages_until(hand: Hand, program: str, most: int = 8) -> None:
    """Press 'Show … more' until a program is on the page."""
    for _ in range(most):
        if hand.page.get_by_role("link", name=program, exact=True).count():
            return
        hand.follow(re.compile(r"^Show \d+ more$"))
    raise AssertionError(f"{program} is on none of {most} pages")


def chips(page: Page) -> list[str]:
    """The answers that are shown above the results."""
    return page.locator(".chip > span").all_inner_texts()


def sealed_address(server: object, **more: str | list[str]) -> str:
    """The results address of the worker's answers."""
    body = urlencode({**FORM, **more}, doseq=True).encode()
    _, address, _ = server.ask("/find", body, "application/x-www-form-urlencoded")  # type: ignore[attr-defined]
    return address.removeprefix(server.origin)  # type: ignore[attr-defined]
