"""The release of open data in our home: written aside, swapped in by one rename."""

import gzip
import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Protocol

from directory.catalog.evidence import Source
from directory.catalog.program import Listing
from directory.errors import UnwritableFile
from directory.exchange.aside import aside, make_names_durable, sole_writer
from directory.exchange.contents import contents_of
from directory.exchange.formats import Format, Listed, as_told, export
from directory.exchange.geojson import told_in
from directory.exchange.listing_files import export_source
from directory.exchange.release import (
    MANIFEST,
    PACKED,
    LeftOut,
    OpenFile,
    Release,
    manifest_of,
    read_release,
)
from directory.exchange.terms import WHOLE, TermsTable

ADDRESS = "/exports"
STEM, EXAMPLES_STEM = "stepwise", "stepwise-examples"
_PACKED_ALREADY = frozenset({".xlsx", ".zip"})


class Standing(Listed, Protocol):
    """A published generation, as open data is written of it."""

    @property
    def name(self) -> str:
        """Its name."""

    @property
    def as_of(self) -> date:
        """The day its facts were aged on."""


@dataclass(frozen=True, slots=True)
class Releases:
    """Writes releases and finds them. Safe for several threads and processes.

    A release with invented programs is none where the settings allow no `examples`.
    """

    home: Path
    formats: tuple[Format, ...]
    terms: TermsTable
    examples: bool = True

    def current(self) -> Release | None:
        """The newest release, or None."""
        try:
            return self.named((self.home / "CURRENT").read_text(encoding="ascii"))
        except (OSError, ValueError):
            return None

    def named(self, name: str) -> Release | None:
        """The release of this name, or None if there is none (any more)."""
        if name not in self._names():
            return None
        try:
            found = read_release(self.home / name)
        except (OSError, ValueError, KeyError, TypeError):
            return None
        allowed = self.examples or not found.has_examples
        return found if allowed and found.whole() else None

    def write(
        self, standing: Standing, at: datetime, told: Callable[[str], None] = lambda _: None
    ) -> Release:
        """Write the open data of a generation aside and swap it in. One writer at a time."""
        self.home.mkdir(parents=True, exist_ok=True)
        with sole_writer(self.home):
            for left in self.home.glob(".tmp-*"):
                shutil.rmtree(left)
            unfinished = self.home / f".tmp-{standing.name}"
            unfinished.mkdir()
            try:
                release = self._fill(unfinished, standing, at, told)
                make_names_durable(unfinished)
                self._swap(unfinished, release.name)
            finally:
                shutil.rmtree(unfinished, ignore_errors=True)
        return release

    def withdraw(self) -> None:
        """Take every release away, at once: something in it may not be told any more."""
        self.home.mkdir(parents=True, exist_ok=True)
        with sole_writer(self.home):
            (self.home / "CURRENT").unlink(missing_ok=True)
            for name in self._names():
                shutil.rmtree(self.home / name)

    def _names(self) -> list[str]:
        if not self.home.is_dir():
            return []
        found = [path for path in self.home.iterdir() if path.is_dir() and path.name[0] != "."]
        return [path.name for path in found]

    def _fill(
        self, folder: Path, standing: Standing, at: datetime, told: Callable[[str], None]
    ) -> Release:
        left_out: list[LeftOut] = []
        files = tuple(self._files(folder, standing, left_out, told))
        contents = contents_of(standing.all(), self.terms)
        digest = hashlib.sha256(standing.name.encode())
        for one in files:
            digest.update(one.sha256.encode())
        name = f"{standing.as_of}-{digest.hexdigest()[:10]}"
        release = Release(
            name=name,
            generation=standing.name,
            as_of=standing.as_of,
            written_at=at.replace(microsecond=0),
            counts=contents.counts,
            terms=WHOLE,
            sources=[one.as_json() for one in contents.sources],
            files=files,
            left_out=tuple(left_out),
            folder=self.home / name,
        )
        with aside(folder / MANIFEST) as unfinished:
            unfinished.write_bytes(manifest_of(release, ADDRESS))
        return release

    def _files(
        self,
        folder: Path,
        standing: Standing,
        left_out: list[LeftOut],
        told: Callable[[str], None],
    ) -> Iterator[OpenFile]:
        for examples in (False, True):
            source = export_source(as_told(standing, examples=examples), examples=examples)
            if source is None:
                continue
            for chosen in self.formats:
                try:
                    yield _written(folder, standing, chosen, source, examples=examples)
                except UnwritableFile as refused:
                    left_out.append(LeftOut(chosen.name, f"{refused.got}; {refused.expected}"))
                told(f"Open data: {chosen.name}{' of the examples' if examples else ''}")

    def _swap(self, unfinished: Path, name: str) -> None:
        """Give the folder its name, point to it, and delete the one before.

        Who is reading a file of it reads on to its end. Nothing older is kept: what was taken back
        since may stand in it.
        """
        if self.named(name) is None:
            shutil.rmtree(self.home / name, ignore_errors=True)
            unfinished.rename(self.home / name)
        else:
            shutil.rmtree(unfinished)
        with aside(self.home / "CURRENT") as pointer:
            pointer.write_text(name, encoding="ascii")
        make_names_durable(self.home)
        for old in set(self._names()) - {name}:
            shutil.rmtree(self.home / old)


def takes_back(release: Release, listings: Iterable[Listing]) -> bool:
    """True if the files tell of a program that is gone, or a street that is withheld now."""
    now = {one.program.id: one.site.address.withheld for one in listings}
    return any(
        key not in now or (now[key] and not hidden)
        for one in release.files
        if one.format == "geojson"
        for key, hidden in told_in(release.folder / one.name)
    )


def _written(
    folder: Path, standing: Standing, chosen: Format, source: Source, *, examples: bool
) -> OpenFile:
    """One format in its file, with a gzip copy beside it where that pays."""
    name = f"{EXAMPLES_STEM if examples else STEM}-{standing.as_of}{_ending(chosen)}"
    done = export(standing, chosen, folder / name, examples=examples, source=source)
    packed = None if chosen.suffix in _PACKED_ALREADY else _packed(done.file)
    return OpenFile(
        name=name,
        format=done.format,
        media_type=chosen.media_type,
        imported_by=chosen.imported_by,
        programs=done.programs,
        examples=examples,
        bytes=done.bytes,
        packed_bytes=packed,
        sha256=done.sha256,
    )


def _ending(chosen: Format) -> str:
    return f".hsds{chosen.suffix}" if chosen.name.startswith("hsds") else chosen.suffix


def _packed(path: Path) -> int:
    """The size of the gzip copy, which is the same for the same bytes."""
    packed = path.with_name(path.name + PACKED)
    with (
        aside(packed) as unfinished,
        path.open("rb") as plain,
        unfinished.open("wb") as out,
        gzip.GzipFile("", "wb", 6, out, mtime=0) as file,
    ):
        shutil.copyfileobj(plain, file)
    return packed.stat().st_size
