"""The log: one JSON object a line, made of fields that are allowed, and nothing else.

Nothing of a request gets in: no path, query, header, body or address. What our own rooms log is told
as they say it; of what others log, only the pattern, the place and numbers: their texts repeat what was
typed. Of an exception its types and lines of code, never its message.
"""

import logging
import re
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime

import orjson

OWN = "directory"
TOLD = "told"
"""The attribute of a record that holds the fields of a request."""

# Patterns whose words speak of us, not of a request.
_OF_OURSELVES = frozenset(
    {"Listening at: %s (%s)", "Using worker: %s", "Worker (pid:%s) was sent %s!"}
)
_PLACE = re.compile(r"%[-#0 +]*\d*(?:\.\d+)?[a-zA-Z]")


class Lines(logging.Formatter):
    """Writes records as JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """One line; `at` is UTC."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        told: dict[str, object] = {"at": at, "level": record.levelname.lower()}
        fields: Mapping[str, object] | None = getattr(record, TOLD, None)
        told |= _of_record(record) if fields is None else fields
        return orjson.dumps(told, default=str).decode()


def _of_record(record: logging.LogRecord) -> dict[str, object]:
    told: dict[str, object] = {
        "logger": record.name,
        "where": f"{record.module}:{record.lineno}",
        "pid": record.process,
    }
    if event := event_of(record):
        told["event"] = event
    error = record.exc_info[1] if record.exc_info else None
    if error is not None:
        told["error"] = type(error).__name__
        told["lines"] = lines_of(error)
    return told


def event_of(record: logging.LogRecord) -> str:
    """What a record says, as far as it may be told."""
    pattern = str(record.msg)
    if record.name.partition(".")[0] == OWN or pattern in _OF_OURSELVES:
        return record.getMessage()
    if not isinstance(record.args, tuple) or not record.args:
        return ""
    values = iter(record.args)
    return _PLACE.sub(lambda _: _number(next(values, None)), pattern)


def _number(value: object) -> str:
    return str(value) if isinstance(value, int | float) else "…"


def lines_of(error: BaseException | None) -> str:
    """The calls that led to an error, causes last. An exception's message may repeat what was typed."""
    parts = []
    while error is not None:
        frames = traceback.StackSummary.extract(traceback.walk_tb(error.__traceback__))
        parts.append(f"{type(error).__name__}\n{''.join(frames.format())}")
        error = error.__cause__ or error.__context__
    return "".join(parts)
