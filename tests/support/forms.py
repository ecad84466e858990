"""The forms of a page as they are served: where each goes, and what it sends as it stands."""

import dataclasses
from collections.abc import Iterator

from tests.support.page import FILLED, Reader, _sent_by

WITHOUT_WORDS = ("hidden", "radio", "checkbox", "submit", "button", "file")


@dataclasses.dataclass(frozen=True)
class Form:
    """Where a form goes, and what it sends as it stands: hidden fields and named buttons too.

    `typed` are the fields into which somebody can type whatever they like.
    """

    method: str
    action: str
    sent: tuple[tuple[str, str], ...]
    typed: frozenset[str] = frozenset()
    files: frozenset[str] = frozenset()

    @property
    def names(self) -> dict[str, None]:
        return dict.fromkeys(name for name, _ in self.sent)

    def but(self, name: str, word: str) -> dict[str, list[str]]:
        """Field by field, as the page fills it in, but one of them says `word`."""
        kept = {other: [v for n, v in self.sent if n == other and v] for other in self.names}
        return {**kept, name: [word]}


def forms_of(html: str) -> Iterator[Form]:
    """Every form of a page. What stands in no form has no name, so that nothing can send it."""
    read = Reader()
    read.feed(html)
    ids = {one.attributes.get("id"): one for one in read.all("form")}
    sent: dict[int, list[tuple[str, str]]] = {id(one): [] for one in read.all("form")}
    typed: dict[int, set[str]] = {key: set() for key in sent}
    files: dict[int, set[str]] = {key: set() for key in sent}
    for one in read.all(*FILLED, "button"):
        above = one
        while above is not None and above.tag != "form":
            above = above.parent
        above = above or ids.get(one.attributes.get("form"))
        name = one.attributes.get("name")
        assert above or not name or "readonly" in one.attributes, one.attributes
        if above and name:
            sent[id(above)] += [(name, value) for value in _sent_by(one, read) or [""]]
            kind = one.attributes.get("type") or "text"
            if kind == "file":
                files[id(above)].add(name)
            elif one.tag in ("input", "textarea") and kind not in WITHOUT_WORDS:
                typed[id(above)].add(name)
    for one in read.all("form"):
        method = (one.attributes.get("method") or "get").upper()
        key = id(one)
        yield Form(
            method,
            one.attributes["action"],
            tuple(sent[key]),
            frozenset(typed[key]),
            frozenset(files[key]),
        )
