"""A bill of materials (CycloneDX 1.6, ECMA-424) of what the product runs on, made from its lock.

`python -m scripts.sbom > sbom.cdx.json`; `--extra` adds the lock of signing in with an organization. It
holds name, version, package address (purl), license and dependencies of each distribution, and the SHA-256 of
every file that pip may take for it. The same locks give the same bill: no clock, no chance, no network.
"""

import argparse
import json
import sys
import tomllib
import uuid
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib.metadata import Distribution
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from scripts.check_installed import installed
from scripts.check_locks import entries
from scripts.licenses import PAGE, Row
from scripts.licenses import read as read_licenses
from scripts.supply import PRODUCT, ROOT, Locked, NotLockedError, of_lock

EXTRA = "requirements-oidc.txt"
Json = dict[str, Any]


def bill(locks: Sequence[str]) -> Json:
    """The bill of these locks. Raises `NotLockedError` if something of them is not installed as locked."""
    found = {one.name: one for lock in reversed(locks) for one in of_lock(lock)}
    licenses = read_licenses(PAGE.read_text(encoding="utf-8"))
    ours = _ours()
    content: Json = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": ours},
        "components": [_component(found[name], licenses) for name in sorted(found)],
        "dependencies": _dependencies(ours["bom-ref"], locks, found),
    }
    number = uuid.uuid5(uuid.NAMESPACE_URL, json.dumps(content, sort_keys=True))
    return {**content, "serialNumber": f"urn:uuid:{number}"}


def _dependencies(ours: str, locks: Sequence[str], found: Mapping[str, Locked]) -> list[Json]:
    """Who asks for whom, ourselves first."""
    there, asked = installed(), _asked(locks)
    extras: dict[str, set[str]] = {}
    for one in asked:
        extras.setdefault(canonicalize_name(one.name), set()).update(one.extras)
    needs = {
        name: _needs(found[name], there.get(name), extras.get(name, set()))
        for name in sorted(found)
    }
    return [
        {"ref": ours, "dependsOn": _refs(asked, found)},
        *({"ref": _purl(found[name]), "dependsOn": _refs(needs[name], found)} for name in needs),
    ]


def _ours() -> Json:
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)["project"]
    return {
        "type": "application",
        "bom-ref": f"{project['name']}@{project['version']}",
        "name": project["name"],
        "version": project["version"],
        "licenses": [{"license": {"id": project["license"]}}],
    }


def _component(one: Locked, licenses: Mapping[str, Row]) -> Json:
    row = licenses.get(one.name)
    if row is None or row.version != one.version:
        raise NotLockedError(
            f"{PAGE.name} does not tell of {one.name} {one.version}: make licenses"
        )
    return {
        "type": "library",
        "bom-ref": _purl(one),
        "name": one.name,
        "version": one.version,
        "purl": _purl(one),
        "licenses": [{"expression": row.license}],
        "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.hashes],
    }


def _purl(one: Locked) -> str:
    return f"pkg:pypi/{one.name}@{one.version}"


def _asked(locks: Sequence[str]) -> list[Requirement]:
    """What we ask for ourselves: the lines of the files that the locks are made from."""
    texts = ((ROOT / lock).with_suffix(".in").read_text(encoding="utf-8") for lock in locks)
    return [
        Requirement(line) for text in texts for line in entries(text) if not line.startswith("-")
    ]


def _needs(one: Locked, found: Distribution | None, extras: set[str]) -> Iterator[Requirement]:
    """What a distribution asks for on this machine, where it is installed as it is locked."""
    if found is None or found.version != one.version:
        got = "nothing" if found is None else found.version
        raise NotLockedError(f"{one.name} {one.version} is locked, {got} is installed")
    for line in found.requires or ():
        wanted, marker = Requirement(line), Requirement(line).marker
        if marker is None or any(marker.evaluate({"extra": extra}) for extra in {"", *extras}):
            yield wanted


def _refs(wanted: Iterable[Requirement], found: Mapping[str, Locked]) -> list[str]:
    names = {canonicalize_name(one.name) for one in wanted}
    return [_purl(found[name]) for name in sorted(names & set(found))]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the bill, or say what is missing."""
    parser = argparse.ArgumentParser(prog="python -m scripts.sbom", description=__doc__)
    parser.add_argument("--extra", action="store_true", help=f"with {EXTRA}")
    options = parser.parse_args(arguments)
    try:
        found = bill([PRODUCT, EXTRA] if options.extra else [PRODUCT])
    except NotLockedError as wrong:
        sys.stderr.write(f"No bill of materials: {wrong}.\n")
        return 1
    json.dump(found, sys.stdout, indent=2)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
