"""Are the translations whole? The template is current, and every offered language says all of it.

Every string has its translation, none is a guess, none is left over, and each keeps its placeholders
and tags. Prints one line; the status is 0 if they are whole, else 1. `make translations` renews the
template and brings each catalog in line with it.
"""

import re
import sys
from collections.abc import Iterator, Mapping
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
# What a translation has to keep: values to fill in, and tags.
KEPT = re.compile(r"%\(\w+\)[ds]|</?\w[^>]*>")
Id = str | tuple[str, ...]
Ids = set[Id]


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


def _key(message: str | list[str] | tuple[str, ...]) -> Id:
    return message if isinstance(message, str) else tuple(message)


def _stale(in_code: Ids, in_template: Ids) -> Iterator[str]:
    renew = "run make translations"
    if missing := in_code - in_template:
        yield f"{len(missing)} strings are not in messages.pot ({_some(missing)}); {renew}"
    if left := in_template - in_code:
        yield f"{len(left)} strings in messages.pot are used no more ({_some(left)}); {renew}"


def _unfinished(path: Path, ids: Ids) -> Iterator[str]:
    code = path.parent.parent.name
    with path.open("rb") as file:
        catalog = read_po(file, locale=code)
    known = {_key(message.id): message for message in catalog if message.id}
    found: Mapping[str, Ids] = {
        "have no translation": ids - {key for key, one in known.items() if all(_said(one))},
        "are fuzzy": {key for key, one in known.items() if one.fuzzy},
        "are used no more": (known.keys() - ids) | {_key(key) for key in catalog.obsolete},
        "lose or add a placeholder or tag": {key for key, one in known.items() if _altered(one)},
    }
    for what, wrong in found.items():
        if wrong:
            yield f"{code}: {len(wrong)} strings {what} ({_some(wrong)})"


def _said(message: Message) -> tuple[str, ...]:
    """Every form of the translation; '' where one is missing."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def _altered(message: Message) -> bool:
    """True if a form of the translation does not keep what is filled in."""
    key = _key(message.id)
    forms = (key,) if isinstance(key, str) else key
    wanted = [sorted(KEPT.findall(form)) for form in forms]
    said = [sorted(KEPT.findall(form)) for form in _said(message) if form]
    return any(held != wanted[min(place, len(wanted) - 1)] for place, held in enumerate(said))


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
