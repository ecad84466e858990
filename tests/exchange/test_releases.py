"""Releases of open data: manifest and files agree, always; what is taken back is gone at once."""

import errno
import gzip
import json
import os
import signal
import zipfile
from dataclasses import replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest

from directory.curation.open_data import release
from directory.curation.publishing import Published
from directory.exchange.aside import checksum
from directory.exchange.contents import contents_of
from directory.exchange.formats import export
from directory.exchange.release import Release
from directory.exchange.releases import takes_back
from tests.exchange.standing import TERMS, Standing, programs, releases, withheld
from tests.support.builders import NOW

TWO = Standing([*programs("a", "b"), *programs("x", example=True)])
NAMES = ("json", "csv", "xlsx", "geojson", "hsds", "hsds-tabular")


def manifest(found: Release) -> dict:
    return json.loads((found.folder / "manifest.json").read_bytes())


def agrees(found: Release) -> bool:
    """Every file that the manifest names has the size and checksum that it says."""
    told = manifest(found)["files"]
    paths = [found.folder / one["name"] for one in told]
    return len(told) > 0 and all(
        (path.stat().st_size, checksum(path)) == (one["bytes"], one["sha256"])
        for one, path in zip(told, paths, strict=True)
    )


def test_the_manifest_says_which_generation_of_which_day_with_counts_and_checksums(tmp_path):
    found = releases(tmp_path).write(TWO, NOW)
    told = manifest(found)
    assert agrees(found)
    assert (told["generation"], told["as_of"]) == ("gen-00000001", "2026-11-24")
    assert told["written_at"] == NOW.isoformat()
    assert told["counts"] == {
        "programs": 2, "organizations": 2, "sites": 2, "tracks": 2, "sessions": 4, "example_programs": 1,
    }  # fmt: skip
    assert [one["format"] for one in told["files"]] == [*NAMES, *NAMES]
    assert releases(tmp_path).current() == found


def test_gzip_copies_hold_the_same_bytes(tmp_path):
    found = releases(tmp_path).write(TWO, NOW)
    packed = [one for one in found.files if one.packed_bytes]
    assert {one.format for one in packed} == {"json", "csv", "geojson", "hsds"}
    for one in packed:
        copy = (found.folder / f"{one.name}.gz").read_bytes()
        assert (len(copy), gzip.decompress(copy)) == (one.packed_bytes, (found.folder / one.name).read_bytes())  # fmt: skip


MARKS = {
    "json": b'"method":"example"',
    "csv": b",example,",
    "xlsx": b"<t>example</t>",
    "geojson": b'"example":true',
    "hsds": b"Example: this service is invented",
    "hsds-tabular": b"Example: this service is invented",
}


def test_examples_are_in_files_of_their_own_and_each_says_so(tmp_path):
    found = releases(tmp_path).write(TWO, NOW)
    for one in found.files:
        assert one.examples == ("stepwise-examples" in one.name)
        assert one.programs == (1 if one.examples else 2)
        assert (MARKS[one.format] in readable(found.folder / one.name)) == one.examples, one.name


def test_where_examples_are_forbidden_a_release_with_them_is_none(tmp_path):
    releases(tmp_path).write(TWO, NOW)
    strict = releases(tmp_path, examples=False)
    assert strict.current() is None
    assert strict.write(Standing(programs("a")), NOW) == strict.current()


def readable(path: Path) -> bytes:
    """The bytes of a file, those of packed files unpacked."""
    if not zipfile.is_zipfile(path):
        return path.read_bytes()
    with zipfile.ZipFile(BytesIO(path.read_bytes())) as archive:
        return b"".join(archive.read(name) for name in archive.namelist() if "taxonomy" not in name)


def test_no_file_tells_a_withheld_street_or_its_point(tmp_path):
    (listing,) = programs("a")
    shown = releases(tmp_path / "shown").write(Standing([listing]), NOW)
    hidden = releases(tmp_path / "hidden").write(Standing([withheld(listing)]), NOW)
    assert all(b"34.1478" in readable(shown.folder / one.name) for one in shown.files)
    for one in hidden.files:
        text = readable(hidden.folder / one.name)
        assert not [
            secret for secret in (b"Hidden Lane", b"34.1478", b"118.1445") if secret in text
        ]


def test_the_files_are_what_the_command_exports_from_the_store(tmp_path, house):
    current = house.releases.current()
    assert current is not None
    for chosen in house.releases.formats:
        for examples in (False, True):
            path = export(house.records(), chosen, tmp_path / "out", examples=examples).file
            (told,) = [one for one in current.files if (one.format, one.examples) == (chosen.name, examples)]  # fmt: skip
            if chosen.name != "geojson":
                assert checksum(path) == told.sha256, told.name


def test_the_same_generation_gives_the_same_release_and_leaves_it_alone(tmp_path):
    first = releases(tmp_path).write(TWO, NOW)
    before = (first.folder / "manifest.json").stat().st_ino
    again = releases(tmp_path).write(TWO, NOW + timedelta(hours=1))
    assert again.name == first.name
    assert (first.folder / "manifest.json").stat().st_ino == before


def test_the_release_before_is_gone_and_who_reads_it_reads_on(tmp_path):
    first = releases(tmp_path).write(TWO, NOW)
    path = first.folder / first.files[0].name
    whole = path.read_bytes()
    with path.open("rb") as reading:
        start = reading.read(10)
        second = releases(tmp_path).write(replace(TWO, name="gen-00000002"), NOW)
        assert start + reading.read() == whole
    assert releases(tmp_path).named(first.name) is None
    assert releases(tmp_path).current() == second


@pytest.mark.parametrize("harm", ["lose", "cut", "manifest"])
def test_a_damaged_release_is_none(tmp_path, harm):
    found = releases(tmp_path).write(TWO, NOW)
    path = found.folder / found.files[0].name
    if harm == "lose":
        path.unlink()
    elif harm == "cut":
        path.write_bytes(path.read_bytes()[:-1])
    else:
        (found.folder / "manifest.json").write_text("{}")
    assert releases(tmp_path).current() is None


@pytest.mark.parametrize("name", ["..", ".", "", "no-such", ".lock", "CURRENT"])
def test_only_a_release_has_a_name(tmp_path, name):
    releases(tmp_path).write(TWO, NOW)
    assert releases(tmp_path).named(name) is None


def test_a_format_without_room_is_left_out_and_named(tmp_path):
    (listing,) = programs("a")
    long = replace(listing, program=replace(listing.program, description="x" * 40_000))
    found = releases(tmp_path).write(Standing([long]), NOW)
    assert [one.format for one in found.left_out] == ["xlsx"]
    assert "40,000 characters" in found.left_out[0].reason
    assert "xlsx" not in {one.format for one in found.files}
    assert agrees(found)


@pytest.mark.parametrize("files", range(1, 13))
def test_a_writer_killed_after_any_file_leaves_the_old_release_whole_and_no_lock(tmp_path, files):
    kept = releases(tmp_path)
    before = kept.write(TWO, NOW)
    after = replace(TWO, name="gen-00000002")
    if (child := os.fork()) == 0:
        left = iter(range(files - 1))
        kept.write(after, NOW, lambda _: next(left, None) is None and os.kill(os.getpid(), 9))
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    assert kept.current() == before
    assert agrees(before)
    assert list(tmp_path.glob(".tmp-*"))
    assert kept.write(after, NOW) == kept.current()
    assert not list(tmp_path.glob(".tmp-*"))


def test_a_writer_whose_disk_is_full_gives_back_the_room_that_it_took(tmp_path):
    kept = releases(tmp_path)
    before = kept.write(TWO, NOW)

    def full(_told: str) -> None:
        assert [path for path in tmp_path.glob(".tmp-*/*") if path.stat().st_size]
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        kept.write(replace(TWO, name="gen-00000002"), NOW, full)
    assert not list(tmp_path.glob(".tmp-*"))
    assert kept.current() == before
    assert agrees(before)


def due(kept, *, whole: bool, withdraws: bool = False, name: str = "gen-00000002"):
    published = Published(name, 3, 1, whole, withdraws)
    return release(kept, published, lambda: replace(TWO, name=name), NOW, lambda _: None)


def test_open_data_is_written_with_a_whole_generation_not_with_a_revised_one(tmp_path):
    kept = releases(tmp_path)
    assert due(kept, whole=False, name="gen-00000001") is not None, "the first one"
    assert due(kept, whole=False) is None
    assert kept.current().generation == "gen-00000001"
    assert due(kept, whole=True).generation == "gen-00000002"


def test_what_is_taken_back_does_not_wait_and_is_gone_before_the_new_files_are_written(tmp_path):
    kept = releases(tmp_path)
    first = kept.write(TWO, NOW)
    seen = []

    def look() -> Standing:
        seen.append((kept.current(), first.folder.exists()))
        return replace(TWO, name="gen-00000002")

    release(kept, Published("gen-00000002", 3, 1, False, True), look, NOW, lambda _: None)
    assert seen == [(None, False)]
    assert kept.current().generation == "gen-00000002"


@pytest.mark.parametrize(("now", "gone"), [
    ([*programs("a", "b"), *programs("x", example=True)], False),
    ([*programs("a", "b", "c"), *programs("x", example=True)], False),
    ([*programs("a"), *programs("x", example=True)], True),
    (programs("a", "b"), True),
    ([withheld(programs("a")[0]), *programs("b"), *programs("x", example=True)], True),
])  # fmt: skip
def test_a_whole_generation_takes_the_files_away_first_if_it_takes_something_back(
    tmp_path, now, gone
):
    kept = releases(tmp_path)
    kept.write(TWO, NOW)
    during = []
    release(
        kept,
        Published("gen-00000002", 3, 1),
        lambda: Standing(now, "gen-00000002"),
        NOW,
        lambda _: during.append(kept.current()),
    )
    assert (None in during) == gone
    assert kept.current().generation == "gen-00000002"


def test_a_street_that_was_withheld_before_is_no_reason_to_take_the_files_away(tmp_path):
    kept = releases(tmp_path)
    hidden = Standing([withheld(programs("a")[0])])
    first = kept.write(hidden, NOW)
    assert not takes_back(first, hidden.all())
    assert takes_back(first, programs("b"))


def test_every_source_stands_in_the_manifest_with_its_terms(house):
    told = contents_of(house.records().all(), TERMS)
    by_name = {one.name: one.as_json() for one in told.sources}
    federal, state = by_name["SAMHSA National Directory"], by_name["California DHCS"]
    assert federal["terms"]["license"] == "public-domain"
    assert "for a fee" in federal["terms"]["conditions"]
    assert federal["terms"]["attribution"].endswith("National Directory, 2024")
    assert state["terms"]["license"] == "CC-BY-4.0"
    assert by_name["Pages of the programs"]["terms"]["license"] is None
    assert by_name["Pages of the programs"]["sources"] > 10
    assert set(by_name) == {
        "SAMHSA National Directory", "California DHCS", "Pages of the programs", "Invented examples",
    }  # fmt: skip
