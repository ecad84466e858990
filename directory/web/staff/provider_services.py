"""What the pages of programs may ask besides what curators ask. Built once, in `directory.app`."""

from dataclasses import dataclass
from typing import cast

from flask import current_app
from werkzeug.local import LocalProxy

from directory.curation.handling import Handlings


@dataclass(frozen=True, slots=True)
class ProviderServices:
    """The parts. `handlings`: what is shown at once, and what waits."""

    handlings: Handlings


providing = cast(ProviderServices, LocalProxy(lambda: current_app.extensions["providing"]))
