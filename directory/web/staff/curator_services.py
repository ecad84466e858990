"""What the pages of curators may ask of the room of curation. Built once, in `directory.app`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import cast

from flask import current_app
from werkzeug.local import LocalProxy

from directory.curation.audit.drawing import Within
from directory.curation.audit.questions import Question
from directory.curation.fact_checks import FactChecks
from directory.curation.phrases import Reading
from directory.curation.worklist.worklist import Worklist


@dataclass(frozen=True, slots=True)
class CuratorServices:
    """The parts. `read_phrase` turns a pasted schedule into sessions to confirm; `questions` are what
    callers of an audit ask, `within` which programs lie so many miles around a place.
    """

    checks: FactChecks
    worklist: Worklist
    read_phrase: Callable[[str], Reading]
    questions: Sequence[Question]
    within: Callable[[str | None, float], Within]


curating = cast(CuratorServices, LocalProxy(lambda: current_app.extensions["curating"]))
