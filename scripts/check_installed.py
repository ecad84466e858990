"""Is what is installed what was locked? Versions, every file by its digest, and nothing twice.

pip compares a download with the lock's hashes (`--require-hashes`) and then notes the digest of each file
it writes. Here each note is compared with the file, so what was changed since shows. Prints one line; the
status is 0 if all is well, else 1. Needs no network.
"""

import sys
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from hashlib import sha256
from importlib.metadata import Distribution, distributions, packages_distributions

from packaging.utils import canonicalize_name

from scripts.supply import LOCKS, PRODUCT, of_lock

SHOWN = 5


def installed() -> dict[str, Distribution]:
    """Every distribution of this environment by name."""
    return {canonicalize_name(one.name): one for one in distributions()}


def problems() -> list[str]:
    """What is not as it was locked, one sentence each."""
    there = installed()
    found = [
        f"{one.name} is locked and not installed: pip install --require-hashes -r {PRODUCT}"
        for one in of_lock(PRODUCT)
        if one.name not in there
    ]
    for lock in LOCKS:
        found += [
            f"{one.name} is {there[one.name].version}, {lock} has {one.version}"
            for one in of_lock(lock)
            if one.name in there and there[one.name].version != one.version
        ]
    product = {one.name for one in of_lock(PRODUCT)} & set(there)
    for name in sorted(product):
        found += changed(there[name])
    return [*found, *shared(product)]


def changed(distribution: Distribution) -> Iterator[str]:
    """Files of a distribution that are gone, or not what pip wrote."""
    for file in distribution.files or ():
        if file.hash is None:
            continue
        path = file.locate()
        try:
            content = path.read_bytes()  # type: ignore[union-attr]
        except OSError:
            yield f"{distribution.name}: {file} is gone"
            continue
        digest = urlsafe_b64encode(sha256(content).digest()).rstrip(b"=").decode()
        if file.hash.mode != "sha256" or file.hash.value != digest:
            yield f"{distribution.name}: {file} is not what was installed"


def shared(names: set[str]) -> Iterator[str]:
    """Packages to import that more than one distribution wrote, of which one is ours."""
    for package, providers in sorted(packages_distributions().items()):
        owners = {canonicalize_name(one) for one in providers}
        if len(owners) > 1 and owners & names:
            yield f"{package} is provided by {' and '.join(sorted(owners))}: one overwrote the other"


def main() -> int:
    """Say what is wrong, or that nothing is."""
    found = problems()
    more = f"; and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
    well = "as it was locked, every file by its digest, nothing twice"
    sys.stdout.write(f"Installed: {('; '.join(found[:SHOWN]) + more) or well}.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
