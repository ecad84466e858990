"""What a partner pastes: a link, a frame, an element around the link; each where the next cannot be."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from markupsafe import escape

from directory.accounts.choices import written
from directory.catalog.partner import Choices
from directory.web.i18n import ENGLISH, gettext

SANDBOX = "allow-forms allow-popups allow-popups-to-escape-sandbox allow-scripts"
HEIGHT = 700


@dataclass(frozen=True, slots=True)
class Place:
    """Where the finder is: its home, its first page, the script with its checksum; and whose key."""

    home: str
    start: str
    script: str
    integrity: str
    key: str


@dataclass(frozen=True, slots=True)
class Snippets:
    """The three grades, as text to paste."""

    link: str
    frame: str
    element: str


def snippets(chosen: Choices, at: Place) -> Snippets:
    """The three grades for these choices."""
    wishes = written(chosen)
    link = f'<a href="{escape(at.start)}" referrerpolicy="no-referrer">{escape(words())}</a>'
    script = (
        f'<script type="module" src="{escape(at.script)}" integrity="{at.integrity}"'
        ' crossorigin referrerpolicy="no-referrer"></script>'
    )
    said = "".join(f' {name}="{escape(text)}"' for name, text in wishes.items())
    element = f'{script}\n<iop-finder key="{at.key}"{said}>{link}</iop-finder>'
    return Snippets(link, frame(at.home, at.key, wishes), element)


def frame(home: str, key: str, wishes: Mapping[str, str], height: int = HEIGHT) -> str:
    """A frame without a script of ours around it."""
    spoken = wishes.get("lang", ENGLISH)
    prefix = "" if spoken == ENGLISH else f"/{spoken}"
    asked = urlencode({name: text for name, text in wishes.items() if name != "lang"})
    asked = f"?{asked}" if asked else ""
    return (
        f'<iframe src="{escape(f"{home}{prefix}/widget/{key}{asked}")}" title="{escape(words())}"'
        f' width="100%" height="{height}" loading="lazy" referrerpolicy="no-referrer"'
        f' sandbox="{SANDBOX}"></iframe>'
    )


def words() -> str:
    """What the link says."""
    return gettext("Find an intensive outpatient program")
