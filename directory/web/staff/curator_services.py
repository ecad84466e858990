"""What the pages of curators may ask of the room of curation. Built once, in `directory.app`."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import cast

from flask import current_app
from werkzeug.local import LocalProxy

from directory.curation.fact_checks import FactChecks
from directory.curation.phrases import Reading
from directory.curation.worklist.worklist import Worklist


@dataclass(frozen=True, slots=True)
class CuratorServices:
    """The parts. `read_phrase` turns a pasted schedule into sessions to confirm."""

    checks: FactChecks
    worklist: Worklist
    read_phrase: Callable[[str], Reading]


curating = cast(CuratorServices, LocalProxy(lambda: current_app.extensions["curating"]))
