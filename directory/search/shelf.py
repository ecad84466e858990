"""A folder that every node sees: finished generations, each file once, under its SHA-256.

Who can write here can put index files before every node, and those hold pickles: what is fetched is
compared with the digest that the database names, file by file.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from directory.exchange.aside import aside, checksum, make_names_durable
from directory.search.manifest import NAME, read_manifest


class Shelf:
    """Puts generations in and fetches them."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def put(self, generation: Path) -> str:
        """Copy what is not there yet; answers the digest of its manifest."""
        self._folder.mkdir(parents=True, exist_ok=True)
        for path, digest in read_manifest(generation).files.items():
            self._keep(generation / path, digest)
        digest = checksum(generation / NAME)
        self._keep(generation / NAME, digest)
        make_names_durable(self._folder)
        return digest

    def fetch(self, digest: str, into: Path, before: Path) -> None:
        """Fill a folder with the generation of this digest; what `before` holds is linked, not copied.

        Raises `OSError` or `ValueError` if something is missing or is not what its digest says.
        """
        self._copy(digest, into / NAME)
        known = _held(before)
        for path, one in read_manifest(into).files.items():
            target = into / path
            if not target.resolve().is_relative_to(into.resolve()):
                raise ValueError(f"{path}: outside of the generation")
            target.parent.mkdir(parents=True, exist_ok=True)
            if one in known:
                os.link(known[one], target)
            else:
                self._copy(one, target)

    def prune(self, kept: Iterable[str]) -> None:
        """Delete files that none of these generations holds; none at all while one cannot be read."""
        needed: set[str] = set()
        for digest in kept:
            manifest = self._folder / digest
            if not manifest.exists():
                continue
            try:
                needed |= {digest, *_files_of(manifest)}
            except (OSError, ValueError, KeyError, TypeError, AttributeError):
                return  # of another release, or damaged: what it needs is not known
        for path in self._folder.iterdir():
            if path.name not in needed and not path.name.startswith("."):
                path.unlink(missing_ok=True)

    def _keep(self, file: Path, digest: str) -> None:
        if not (self._folder / digest).exists():
            with aside(self._folder / digest) as unfinished:
                shutil.copyfile(file, unfinished)

    def _copy(self, digest: str, target: Path) -> None:
        shutil.copyfile(self._folder / digest, target)
        if checksum(target) != digest:
            (self._folder / digest).unlink(missing_ok=True)  # whoever builds next puts it anew
            raise ValueError(f"{digest}: is not what was put here")


def _files_of(manifest: Path) -> Iterable[str]:
    return read_manifest(manifest.parent, manifest.name).files.values()


def _held(before: Path) -> dict[str, Path]:
    """The files of a generation by digest."""
    try:
        return {digest: before / path for path, digest in read_manifest(before).files.items()}
    except (OSError, ValueError, KeyError, TypeError):
        return {}
