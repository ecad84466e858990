"""Where somebody stands who follows the changes: opaque, bound to the store's changes, not to a generation.

A cursor outlives generations, rebuilds, and a backup that is restored with all its changes. One from a
state of the store that is no more (an older backup was restored) is refused: going on with it would
miss what happened since in silence.
"""

import base64
import binascii
from dataclasses import astuple, dataclass, replace

import orjson

from directory.errors import BadValue
from directory.matching.index import Chronicle
from directory.web.need_fields import BadNeed, shown
from directory.web.problem import Problem, RefusedWith

LONGEST = 1_000
EXPECTED = (
    "a cursor that an earlier answer gave as page.next, or none to begin with the first change"
)
BEGIN_AGAIN = Problem(
    410,
    "begin-again",
    "This cursor does not hold any more",
    "It is of another state of this directory: a backup was restored, or invented programs came or went. "
    "Begin again without `since`.",
)


@dataclass(frozen=True, slots=True)
class Cursor:
    """Stands after (`change`, `program`). All that happened up to `known` was told when this pass began.

    `newest` is the newest change that who follows may have seen anything of, `mark` its mark;
    `examples`: invented programs were told, too.
    """

    change: int = 0
    program: str = ""
    known: int = 0
    newest: int = 0
    mark: int = 0
    examples: bool = True

    def encoded(self) -> str:
        """As it is given out."""
        return base64.urlsafe_b64encode(orjson.dumps(astuple(self))).rstrip(b"=").decode()


def cursor_in(journal: Chronicle, given: str | None) -> Cursor:
    """Where to go on. Raises `BadNeed` for what is no cursor, a 410 for one of another store."""
    if given is None:
        return Cursor(examples=journal.examples)
    found = _decoded(given)
    if found is None:
        raise BadNeed((BadValue("since", shown(given), EXPECTED),))
    of_another = found.newest > journal.newest or found.examples != journal.examples
    if of_another or (found.newest and journal.mark_of(found.newest) != found.mark):
        raise RefusedWith(
            replace(BEGIN_AGAIN, problems=(BadValue("since", shown(given), EXPECTED),))
        )
    return found


def _decoded(given: str) -> Cursor | None:
    """None for everything but what `encoded` gives."""
    if len(given) > LONGEST:
        return None
    try:
        plain = orjson.loads(
            base64.b64decode(given + "=" * (-len(given) % 4), b"-_", validate=True)
        )
    except (ValueError, binascii.Error):
        return None
    kinds = [type(one) for one in plain] if isinstance(plain, list) else []
    if kinds != [int, str, int, int, int, bool]:
        return None
    found = Cursor(*plain)
    ordered = 0 <= found.known <= found.newest and 0 <= found.change <= found.newest + 1
    return found if ordered and found.encoded() == given else None
