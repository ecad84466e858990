"""Are the translations whole? The template is current, and no offered language leaves a string out.

Prints one line; the status is 0 if they are whole, else 1. `make translations` renews the template.
"""

import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[1]
SHOWN = 3
# What pybabel looks for by default, and the lazy forms of Flask-Babel.
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "gettext": None,
    "lazy_gettext": None,
    "ngettext": (1, 2),
    "lazy_ngettext": (1, 2),
}
Ids = set[str | tuple[str, ...]]


def problems(folder: Path = ROOT) -> list[str]:
    """What is wrong with the translations of a project, one sentence each."""
    template = folder / "translations" / "messages.pot"
    if not template.is_file():
        return ["translations/messages.pot is missing; run make translations"]
    with template.open("rb") as file:
        ids = _ids(read_po(file))
    found = list(_stale(marked(folder), ids))
    for catalog in sorted((folder / "translations").glob("*/LC_MESSAGES/messages.po")):
        found += _unfinished(catalog, ids)
    return found


def marked(folder: Path) -> Ids:
    """Every string marked for translation in code and templates."""
    with (folder / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    found = extract_from_dir(
        str(folder), methods, options, keywords=KEYWORDS, directory_filter=_ours
    )
    return {message for _file, _line, message, _comments, _context in found}


def _ours(path: str) -> bool:
    """False for folders that are installed, built or hidden."""
    name = Path(path).name
    return not name.startswith((".", "_")) and name not in {"var", "tests", "node_modules"}


def _ids(catalog: Catalog) -> Ids:
    return {_key(message.id) for message in catalog if message.id}


def _key(message: str | list[str] | tuple[str, ...]) -> str | tuple[str, ...]:
    return message if isinstance(message, str) else tuple(message)


def _stale(in_code: Ids, in_template: Ids) -> Iterator[str]:
    renew = "run make translations"
    if missing := in_code - in_template:
        yield f"{len(missing)} strings are not in messages.pot ({_some(missing)}); {renew}"
    if left := in_template - in_code:
        yield f"{len(left)} strings in messages.pot are used no more ({_some(left)}); {renew}"


def _unfinished(path: Path, ids: Ids) -> Iterator[str]:
    with path.open("rb") as file:
        catalog = read_po(file)
    code = path.parent.parent.name
    done = {_key(message.id) for message in catalog if message.id and _whole(message)}
    fuzzy = {_key(message.id) for message in catalog if message.id and message.fuzzy}
    if missing := ids - done - fuzzy:
        yield f"{code}: {len(missing)} strings have no translation ({_some(missing)})"
    if fuzzy & ids:
        yield f"{code}: {len(fuzzy & ids)} strings are fuzzy ({_some(fuzzy & ids)})"
    if not path.with_suffix(".mo").is_file():
        yield f"{code}: messages.mo is missing; run pybabel compile"


def _whole(message: Message) -> bool:
    """Every form is there, and nobody marked it as a guess."""
    said = (message.string,) if isinstance(message.string, str) else tuple(message.string)
    return bool(said) and all(said) and not message.fuzzy


def _some(ids: Ids) -> str:
    """The first few, to find them."""
    texts = sorted(one if isinstance(one, str) else one[0] for one in ids)
    more = ", …" if len(texts) > SHOWN else ""
    return ", ".join(f"“{' '.join(text.split())[:50]}”" for text in texts[:SHOWN]) + more


def main(folder: Path = ROOT) -> int:
    """Say what is wrong, or that nothing is."""
    found = problems(folder)
    text = f"Translations: {'; '.join(found)}." if found else "Translations: whole."
    sys.stdout.write(text + "\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
