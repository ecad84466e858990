"""What every page of a frame shares: whose frame it is, what it looks like, where its pages are.

A frame is a sandbox of its own (`web.security`): it can store nothing, and is shown by pages of the
partner's origins only. Nothing of the page around it comes here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, abort, g, make_response, render_template, request, url_for

from directory.accounts.choices import over, read_choices
from directory.catalog.partner import Choices, Partner
from directory.errors import BadChoices, BadValue
from directory.web.addresses import home_url
from directory.web.choosing import known
from directory.web.embed.looks import look_of
from directory.web.i18n import ENGLISH, language
from directory.web.services import services

blueprint = Blueprint("frame", __name__)

PREVIEW = "preview"
"""The key of frames on our own pages: the maker's preview. Never counted."""
OURSELVES = Partner(PREVIEW, "Stepwise", ("'self'",))


@dataclass(frozen=True, slots=True)
class Frame:
    """One partner's frame. `wished` is what the page's address asks for; its links carry it along."""

    partner: Partner
    choices: Choices
    wished: Mapping[str, str]

    def url(self, page: str, code: str | None = None, **values: str) -> str:
        """The address of a page of this frame, in this language or another."""
        code = code or language()
        name = "frame" if code == ENGLISH else f"frame_{code}"
        wanted: dict[str, Any] = {**values, **self.wished}
        return url_for(f"{name}.{page}", key=self.partner.key, **wanted)

    @property
    def address(self) -> str:
        """Where the frame is for anybody, as one would paste it."""
        return home_url() + self.url("ask")

    @property
    def is_counted(self) -> bool:
        """True for a partner's own frame."""
        return self.partner.key != PREVIEW

    def count(self) -> int:
        """How many programs it shows."""
        return self.choices.count or 5


def frame_of(key: str) -> Frame:
    """The frame of a key, for this request; from here on its partner's pages may show the answer.

    404 for a key that nobody has, 422 for wishes that cannot be read: then nobody may.
    """
    partner = OURSELVES if key == PREVIEW else services.partner(key)
    if partner is None:
        abort(404)
    wished = {name: text for name, text in request.args.items() if text}
    if repeated := [name for name, all_of in request.args.lists() if len(all_of) > 1]:
        raise BadChoices((BadValue(repeated[0], "several", "one value, not several"),))
    frame = Frame(partner, over(partner.choices, read_choices(wished, known())), wished)
    g.framed_by = partner.origins
    return frame


def shown(frame: Frame, template: str, status: int = 200, /, **values: Any) -> Response:
    """A page of a frame; no cache keeps it."""
    page = render_template(template, frame=frame, look=look_of(frame.choices), **values)
    return make_response(page, status)
