"""JSON that others wrote: whole, or one document a line (NDJSON)."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

from directory.curation.files.content import Content
from directory.errors import UnreadableFile

Json = Any
LONGEST_LINE = 2**20 * 8


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that is no JSON, and why: it is refused, the next lines are read."""

    got: str


def document_in(content: Content, expected: str) -> Json:
    """The whole document. `expected` says in words what the file should hold."""
    _need_json(content, expected)
    return _document(content, expected)


def _document(content: Content, expected: str) -> Json:
    text = content.path.read_text(encoding=content.encoding)
    read = _parsed(text)
    if isinstance(read, Broken):
        raise UnreadableFile(content.name, read.got, expected)
    return read


def documents_in(content: Content, expected: str) -> Iterator[tuple[int, Json]]:
    """Each document with its line: one, or of NDJSON one a line, `Broken` where it is none."""
    _need_json(content, expected)
    if not _is_by_line(content):
        yield 1, _document(content, expected)
        return
    for number, line in _lines(content):
        yield number, _parsed(line)


def _need_json(content: Content, expected: str) -> None:
    if content.kind != "json":
        raise UnreadableFile(content.name, content.kind.upper(), expected)


def _is_by_line(content: Content) -> bool:
    """True if the first line is a whole document and another one follows."""
    first = [line for (_, line), _ in zip(_lines(content), range(2), strict=False)]
    return len(first) == 2 and not isinstance(_parsed(first[0]), Broken)


def _lines(content: Content) -> Iterator[tuple[int, str]]:
    with content.path.open(encoding=content.encoding) as file:
        number = 0
        while line := file.readline(LONGEST_LINE):
            number += 1
            if line.strip():
                yield number, line


def _parsed(text: str) -> Json:
    try:
        return json.loads(text, object_pairs_hook=_each_key_once, parse_constant=_no_number)
    except json.JSONDecodeError as error:
        return Broken(f"broken JSON at line {error.lineno}, column {error.colno} ({error.msg})")
    except RecursionError:
        return Broken("JSON nested too deep")
    except ValueError as error:
        return Broken(str(error)[:200])


def _each_key_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        times = Counter(key for key, _ in pairs)
        twice = next(key for key, count in times.items() if count > 1)
        raise ValueError(f"the key {twice[:100]!r} twice in one object")
    return made


def _no_number(constant: str) -> NoReturn:
    raise ValueError(f"{constant}, which is no number in JSON")
