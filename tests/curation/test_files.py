"""Files as they come: three formats with one meaning, and broken ones with a clear answer."""

import contextlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from xlsxwriter.utility import xl_range
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from directory.curation.files.limits import USUAL
from directory.curation.importers.listing import reader
from directory.curation.reading import Reading, Told, silent
from directory.errors import UnreadableFile
from directory.exchange.columns import COLUMNS
from tests.curation.builders import full_file, today, vocabularies, write_json

HEADER = [column.name for column in COLUMNS]


def rows_of(plain: dict[str, object]) -> list[dict[str, str]]:
    """The rows of a file with one organization, site and program, by the columns."""
    organization = plain["organizations"][0]  # type: ignore[index]
    site = organization["sites"][0]
    program = site["programs"][0]
    rows = []
    for track in program["tracks"]:
        for session in track["sessions"]:
            levels = {
                "source": plain["source"], "organization": organization, "site": site,
                "program": program, "track": track, "session": session,
            }  # fmt: skip
            row = {}
            for column in COLUMNS:
                value = levels[column.level] if column.path else None
                for step in column.path:
                    value = (value or {}).get(step)
                row[column.name] = "" if value is None else column.kind.write(value)
            rows.append(row)
    return rows


def csv_text(rows: list[dict[str, str]]) -> str:
    def quoted(text: str) -> str:
        return '"' + text.replace('"', '""') + '"'

    lines = [HEADER, *([row.get(name, "") for name in HEADER] for row in rows)]
    return "\r\n".join(",".join(map(quoted, line)) for line in lines)


def read(path: Path) -> Reading:
    return reader.read(path, vocabularies(), silent, Told(today()))


def read_bytes(folder: Path, content: bytes) -> Reading:
    path = folder / "file.dat"
    path.write_bytes(content)
    return read(path)


def _records(reading: Reading) -> object:
    assert reading.refused == []
    programs = [one.program for one in reading.programs.values()]
    return reading.source, reading.organizations, reading.sites, programs


def test_csv_says_the_same_as_json(tmp_path: Path) -> None:
    text = csv_text(rows_of(full_file()))
    from_json = _records(read(write_json(tmp_path, full_file())))
    assert _records(read_bytes(tmp_path, text.encode())) == from_json
    assert _records(read_bytes(tmp_path, text.encode("utf-8-sig"))) == from_json


def test_later_rows_may_leave_blank_what_is_said(tmp_path: Path) -> None:
    rows = rows_of(full_file())
    own = ("program_id", "track_label", "track_season")
    blank = [
        {c.name: row[c.name] for c in COLUMNS if c.level == "session" or c.name in own}
        for row in rows[1:]
    ]
    blank[-1] = rows[-1]
    read_back = read_bytes(tmp_path, csv_text([rows[0], *blank]).encode())
    assert _records(read_back) == _records(read(write_json(tmp_path, full_file())))


def test_xlsx_says_the_same_as_json(tmp_path: Path) -> None:
    path = tmp_path / "named.csv"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, HEADER)
        for line, row in enumerate(rows_of(full_file()), start=1):
            for place, name in enumerate(HEADER):
                number = name in ("lat", "lon", "contact_minutes", "zip")
                text = row[name]
                sheet.write(line, place, float(text) if number and text else text)
    assert _records(read(path)) == _records(read(write_json(tmp_path, full_file())))


def sheet_of(rows: list[dict[str, str]], more: Callable[[Workbook, Worksheet], None]) -> bytes:
    """A workbook of these rows, and what is done to its sheet after they are written."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("listings")
        sheet.write_row(0, 0, HEADER)
        for line, row in enumerate(rows, start=1):
            sheet.write_row(line, 0, [row[name] for name in HEADER])
        more(book, sheet)
        book.add_worksheet("notes").write_formula(1, HEADER.index("day"), "=1/0", None, "#DIV/0!")
    return file.getvalue()


def test_merged_cells_refuse_the_file_with_their_place(tmp_path: Path) -> None:
    """Or the second row would be a session without a day."""
    place = HEADER.index("day")
    content = sheet_of(
        rows_of(full_file()), lambda _, sheet: sheet.merge_range(1, place, 2, place, "mon")
    )
    with pytest.raises(UnreadableFile) as refusal:
        read_bytes(tmp_path, content)
    assert refusal.value.got == f"merged cells at {xl_range(1, place, 2, place)}"
    assert "unmerge" in refusal.value.expected


@pytest.mark.parametrize(("result", "got"), [
    ("#N/A", "the error #N/A"), ("#DIV/0!", "the error #DIV/0!"), ("", "a formula without a result"),
])  # fmt: skip
def test_a_formula_without_a_result_refuses_its_program_and_withdraws_nothing(
    result: str, got: str, tmp_path: Path
) -> None:
    place = HEADER.index("weeks_min")
    content = sheet_of(
        rows_of(full_file()), lambda _, sheet: sheet.write_formula(1, place, "=A9", None, result)
    )
    reading = read_bytes(tmp_path, content)
    assert reading.programs == {}
    assert [(one.row, one.field, one.got) for one in reading.refused] == [
        ("row 2", "weeks_min", got)
    ]


def test_a_formula_without_a_result_that_hides_whose_row_it_is_refuses_the_file(
    tmp_path: Path,
) -> None:
    place = HEADER.index("program_id")
    content = sheet_of(
        rows_of(full_file()), lambda _, sheet: sheet.write_formula(2, place, "=A9", None, "#REF!")
    )
    with pytest.raises(UnreadableFile, match=r"the error #REF! in row 3, column 'program_id'"):
        read_bytes(tmp_path, content)


def test_a_formula_with_a_result_is_read_and_faults_of_another_sheet_are_none_of_this(
    tmp_path: Path,
) -> None:
    rows = rows_of(full_file())
    place = HEADER.index("weeks_min")
    weeks = rows[0]["weeks_min"]
    content = sheet_of(
        rows, lambda _, sheet: sheet.write_formula(1, place, "=4+4", None, float(weeks))
    )
    assert _records(read_bytes(tmp_path, content)) == _records(
        read(write_json(tmp_path, full_file()))
    )


@pytest.mark.parametrize(("kind", "typed", "minutes"), [
    ("[h]:mm", 0.75, 18 * 60), ("[h]:mm:ss", 17.5 / 24, 17 * 60 + 30), ("h:mm", 0.75, 18 * 60),
    ("[h]:mm", 1.0, 0), ("h:mm", 1.0, 0),
])  # fmt: skip
def test_times_a_spreadsheet_counts_are_times_up_to_24_00(
    kind: str, typed: float, minutes: int, tmp_path: Path
) -> None:
    plain = full_file()
    (track, *_) = plain["organizations"][0]["sites"][0]["programs"][0]["tracks"]  # type: ignore[index]
    track["sessions"] = [{"day": "mon", "start": "15:00", "end": "16:00"}]
    plain["organizations"][0]["sites"][0]["programs"][0]["tracks"] = [track]  # type: ignore[index]

    def timed(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_number(1, HEADER.index("end"), typed, book.add_format({"num_format": kind}))

    reading = read_bytes(tmp_path, sheet_of(rows_of(plain), timed))
    assert reading.refused == []
    (program,) = [one.program for one in reading.programs.values()]
    assert [one.end for one in program.tracks[0].sessions] == [minutes]


def track_rows(*tracks: dict[str, str]) -> list[dict[str, str]]:
    """Rows of one program, one for each of these tracks, on other days."""
    first = rows_of(full_file())[0]
    own = [column.name for column in COLUMNS if column.level in ("track", "session")]
    bare = {**first, **dict.fromkeys(own, "")}
    days = ("mon", "tue", "wed")
    return [
        {**bare, "track_mode": "in_person", "day": day, "start": "18:00", "end": "21:00", **track}
        for day, track in zip(days, tracks, strict=False)
    ]


@pytest.mark.parametrize(("second", "field", "got"), [
    ({}, "track_label", "nothing"), ({"track_label": "EVENING"}, "track_label", "EVENING"),
    ({"track_label": "Evening", "track_season": ""}, "track_season", "nothing"),
])  # fmt: skip
def test_a_track_that_may_be_the_one_before_is_refused_and_not_split(
    second: dict[str, str], field: str, got: str, tmp_path: Path
) -> None:
    named = {"track_label": "Evening", "track_season": "summer" if field == "track_season" else ""}
    reading = read_bytes(tmp_path, csv_text(track_rows(named, second)).encode())
    assert reading.programs == {}
    (one,) = reading.refused
    assert (one.row, one.field, one.got) == ("row 3", field, got)
    assert "as in row 2" in one.expected
    assert "track_number" in one.expected


@pytest.mark.parametrize(("second", "tracks"), [
    ({"track_mode": ""}, 1), ({"track_label": "Evening"}, 1), ({"track_number": "2"}, 2), ({"track_label": "Day"}, 2),
    ({"track_label": "evening", "track_number": "2"}, 2),
])  # fmt: skip
def test_rows_of_a_track_leave_all_its_cells_blank_or_repeat_its_names(
    second: dict[str, str], tracks: int, tmp_path: Path
) -> None:
    reading = read_bytes(
        tmp_path, csv_text(track_rows({"track_label": "Evening"}, second)).encode()
    )
    assert reading.refused == []
    (program,) = [one.program for one in reading.programs.values()]
    assert len(program.tracks) == tracks
    assert sum(len(track.sessions) for track in program.tracks) == 2


def test_a_refused_cell_is_named_by_its_row(tmp_path: Path) -> None:
    rows = rows_of(full_file())
    rows[1]["day"] = "Mittwoch"
    refused = read_bytes(tmp_path, csv_text(rows).encode()).refused
    assert [(one.row, one.field, one.got) for one in refused] == [
        ("row 3", "tracks[0].sessions[1].day", "Mittwoch")
    ]


def test_rows_that_contradict_each_other_refuse_the_program(tmp_path: Path) -> None:
    rows = rows_of(full_file())
    rows[2]["ages_min"] = "21"
    reading = read_bytes(tmp_path, csv_text(rows).encode())
    assert reading.programs == {}
    assert reading.refused[0].field == "program_ages_min"
    assert "18, as in row 2" in reading.refused[0].expected


BROKEN = {
    "empty": (b"", "an empty file"),
    "blank": (b"  \n ", "an empty file"),
    "broken JSON": (b'{"source": {},\n "organizations": [}', "line 2, column 20"),
    "a list": (b"[]", "a JSON list"),
    "a key twice": (b'{"source": {}, "source": {}}', "'source' twice"),
    "no number": (b'{"source": NaN}', "NaN"),
    "deep JSON": (b'{"a":' + b"[" * 200_000, "nested too deep"),
    "latin-1": ("name\nCañada".encode("latin-1"), "byte 0xf1 at line 2"),
    "UTF-16": ("name".encode("utf-16"), "UTF-16"),
    "NUL": (b"name\0", "NUL byte at 4"),
    "old Excel": (b"\xd0\xcf\x11\xe0rest", "old Excel"),
    "unknown column": (b"source_name,stret\n", "'stret'"),
    "a column twice": (b"city,city\n", "twice"),
    "no id column": (b"city\n", "source_name"),
    "open quote": (b'source_name,organization_id,site_id,program_id\n"a,b', "broken CSV"),
    "damaged zip": (b"PK\x03\x04 and then nothing", "damaged workbook"),
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_file_that_cannot_be_read_says_why(case: str, tmp_path: Path) -> None:
    content, got = BROKEN[case]
    with pytest.raises(UnreadableFile) as refusal:
        read_bytes(tmp_path, content)
    assert got in refusal.value.got
    assert refusal.value.expected


def _zip(**parts: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/") + ".xml", content)
    return file.getvalue()


HOSTILE = {
    "zip bomb": (_zip(xl__workbook=b"<a/>", bomb=b"0" * 50_000_000), "unpack to"),
    "not a workbook": (_zip(readme=b"hello"), "no workbook"),
    "far cell": (
        _zip(xl__workbook=b"<a/>", sheet=b'<c r="XFD1048576"><v>1</v></c>'),
        "XFD1048576",
    ),
    "no sheet": (_zip(xl__workbook=b"<workbook/>"), "workbook"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_workbook_is_refused_before_it_is_unpacked(case: str, tmp_path: Path) -> None:
    content, got = HOSTILE[case]
    with pytest.raises(UnreadableFile) as refusal:
        read_bytes(tmp_path, content)
    assert got in refusal.value.got


def test_a_file_over_50_megabytes_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "large.json"
    with path.open("wb") as file:
        file.truncate(USUAL.largest + 1)
    with pytest.raises(UnreadableFile):
        read(path)


def test_a_cell_of_five_megabytes_refuses_its_program_only(tmp_path: Path) -> None:
    rows = rows_of(full_file())[:1]
    rows[0] |= {"choose_at_least": "", "choose_at_most": "", "choose_different_days": ""}
    other = rows[0] | {"program_id": "other"}
    rows[0]["description"] = "x" * 5_000_000
    reading = read_bytes(tmp_path, csv_text([rows[0], other]).encode())
    assert list(reading.programs) == ["other"]
    assert reading.refused[0].field == "description"


WITHOUT_HARM = settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@WITHOUT_HARM
@given(st.binary(max_size=400), st.sampled_from([b"", b"PK\x03\x04", b"{", b"\xef\xbb\xbf"]))
def test_no_bytes_crash_the_reader(tmp_path: Path, content: bytes, start: bytes) -> None:
    with contextlib.suppress(UnreadableFile):
        read_bytes(tmp_path, start + content)


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "name", "source", "value", "tracks"]), inner)
    ),
    max_leaves=8,
)


@WITHOUT_HARM
@given(st.data())
def test_no_value_in_any_place_crashes_the_reader(tmp_path: Path, data: st.DataObject) -> None:
    plain = full_file()
    place: object = plain
    while isinstance(place, dict | list) and place:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        key = data.draw(st.sampled_from(keys))
        inner = place[key]
        if not isinstance(inner, dict | list) or data.draw(st.booleans()):
            place[key] = data.draw(JSON_VALUES)
            break
        place = inner
    with contextlib.suppress(UnreadableFile):
        read_bytes(tmp_path, json.dumps(plain).encode())


@WITHOUT_HARM
@given(st.data())
def test_no_cell_crashes_the_reader(tmp_path: Path, data: st.DataObject) -> None:
    rows = rows_of(full_file())
    row = data.draw(st.sampled_from(rows))
    row[data.draw(st.sampled_from(HEADER))] = data.draw(st.text(max_size=20))
    with contextlib.suppress(UnreadableFile):
        read_bytes(tmp_path, csv_text(rows).encode("utf-8", "replace"))


def test_every_column_is_in_the_readme() -> None:
    text = (Path(reader.__file__).parent / "README.md").read_text(encoding="utf-8")
    assert [name for name in HEADER if f"| `{name}` |" not in text] == []
