"""The license of every locked distribution, as `docs/licenses.md`: made from what each says of itself.

`python -m scripts.licenses` writes the file. A distribution that is not installed keeps its row while its
version stays the same; else this says what to install.
"""

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution
from pathlib import Path

from scripts.check_installed import installed
from scripts.supply import LOCKS, ROOT, Locked, NotLockedError, everything

PAGE = ROOT / "docs" / "licenses.md"
# Licenses of what the product itself runs on: each lets anybody use, change and pass on Stepwise under its
# own terms. LGPL and MPL ask that changes to those libraries themselves are passed on; we change none.
MAY_SHIP = frozenset(
    "0BSD Apache-2.0 BSD-2-Clause BSD-3-Clause CC0-1.0 LGPL-3.0-only MIT MIT-0 MPL-2.0 PSF-2.0 "
    "Zlib".split()
)
# What releases call their license where they give no SPDX expression.
_CALLED = {
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "Apache Software License": "Apache-2.0",
    "Python Software Foundation License": "PSF-2.0",
    "BSD 2-Clause License": "BSD-2-Clause",
    "Two-clause BSD license": "BSD-2-Clause",
}
# Read in the license file of the release, as its metadata does not say which ("BSD License", or nothing).
_READ = {
    "axe-playwright-python": "MIT",
    "flask-wtf": "BSD-3-Clause",
    "itsdangerous": "BSD-3-Clause",
    "jinja2": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "wtforms": "BSD-3-Clause",
}
_SPDX = re.compile(r"[A-Za-z0-9.-]*[0-9][A-Za-z0-9.-]*|MIT|Zlib|0BSD")
_ROW = re.compile(r"\| ([a-z0-9.-]+) \| ([0-9][^ |]*) \| ([^|]+) \| ([^|]+) \|")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the page; `license` is an SPDX expression."""

    name: str
    version: str
    license: str
    used_for: str


def rows(kept: Mapping[str, Row]) -> Sequence[Row]:
    """A row for each locked distribution. Raises `NotLockedError`."""
    there = installed()
    return [_row(one, there.get(one.name), kept.get(one.name)) for one in everything()]


def _row(one: Locked, found: Distribution | None, kept: Row | None) -> Row:
    if found is not None and found.version == one.version:
        return Row(one.name, one.version, license_of(one.name, found), one.used_for)
    if kept is not None and kept.version == one.version:
        return Row(one.name, one.version, kept.license, one.used_for)
    lock = next(name for name, used_for in LOCKS.items() if used_for == one.used_for)
    raise NotLockedError(
        f"{one.name} {one.version} is locked, not installed and not in {PAGE.name}: "
        f"pip install --require-hashes -r {lock}"
    )


def license_of(name: str, found: Distribution) -> str:
    """What a release says its license is, as an SPDX expression. Raises `NotLockedError`."""
    told = found.metadata.json
    classified = [
        one.rpartition(" :: ")[2] for one in told.get("classifier", ()) if "License" in one
    ]
    named = [str(told.get("license", "")).strip(), *classified]
    expression = told.get("license_expression") or _READ.get(name)
    for one in named:
        expression = expression or _CALLED.get(one) or (one if _SPDX.fullmatch(one) else None)
    if expression is None:
        raise NotLockedError(f"{name}: says {named}; read its license file and add it to _READ")
    return str(expression)


def read(text: str) -> dict[str, Row]:
    """The rows of a page by name."""
    return {found[0]: Row(*(part.strip() for part in found)) for found in _ROW.findall(text)}


def written(found: Sequence[Row]) -> str:
    """The page."""
    lines = "\n".join(
        f"| {one.name} | {one.version} | {one.license} | {one.used_for} |" for one in found
    )
    return f"""# Licenses of what we build on

Made by `make licenses` from the locks and from what each release says of itself; do not edit. Stepwise
itself is under the [Apache License 2.0](../LICENSE), its data under
[terms of their own](../README.md#listings-and-their-terms). Wheels may carry libraries of their own, whose
license files are installed beside them.

| distribution | version | license (SPDX) | for |
|---|---|---|---|
{lines}
"""


def not_to_ship(found: Sequence[Row]) -> list[str]:
    """Of what the product runs on, whatever is under terms that nobody has looked at."""
    tools = {LOCKS["requirements-dev.txt"], LOCKS["requirements-bench.txt"]}
    return [
        f"{one.name}: {one.license}"
        for one in found
        if one.used_for not in tools
        and set(re.split(r"\s+(?:AND|OR)\s+|[()]", one.license)) - {""} - MAY_SHIP
    ]


def main(page: Path = PAGE) -> int:
    """Write the page, or say what is missing."""
    kept = read(page.read_text(encoding="utf-8")) if page.is_file() else {}
    try:
        found = rows(kept)
    except NotLockedError as wrong:
        sys.stderr.write(f"Licenses: {wrong}. Nothing was written.\n")
        return 1
    page.write_text(written(found), encoding="utf-8")
    sys.stdout.write(f"Licenses: {len(found)} distributions in {page.name}.\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
