"""Open data in words: what each file is for, how large it is, how to check it."""

from dataclasses import dataclass

from babel.numbers import format_decimal
from markupsafe import Markup

from directory.exchange.release import OpenFile, Release
from directory.exchange.schema_org.dataset import dataset_of
from directory.web.i18n import gettext, locale
from directory.web.showing import words
from directory.web.showing.markup import as_data

KILO = 1000


@dataclass(frozen=True, slots=True)
class Row:
    """One file: its kind, what it is for, its size in words."""

    file: OpenFile
    title: str
    holds: str
    size: str


@dataclass(frozen=True, slots=True)
class Told:
    """A release in words."""

    release: Release
    day: str
    rows: tuple[Row, ...]
    examples: tuple[Row, ...]
    left_out: tuple[str, ...]


def told_of(release: Release) -> Told:
    """The files of real programs, and those of invented ones."""
    rows = [_row(one) for one in release.files]
    return Told(
        release=release,
        day=words.full_date(release.as_of),
        rows=tuple(row for row in rows if not row.file.examples),
        examples=tuple(row for row in rows if row.file.examples),
        left_out=tuple(_kinds()[one.format][0] for one in release.left_out),
    )


def lead() -> str:
    """What all of it is, in three sentences."""
    return gettext(
        "Every program we list, as files. Each fact has its source and its day. "
        "You need no account and you pay nothing."
    )


def data_markup(release: Release, home: str) -> Markup | None:
    """What engines that find data read of the page."""
    name = gettext("Intensive outpatient programs, with their hours")
    told = dataset_of(release, home, name, lead())
    return None if told is None else as_data(told)


def size(count: int) -> str:
    """Bytes as people say them: '240 kB', '1.8 MB'."""
    if count < KILO * KILO:
        return gettext("%(number)s kB", number=_number(max(1, round(count / KILO))))
    return gettext("%(number)s MB", number=_number(round(count / KILO / KILO, 1)))


def _number(value: float) -> str:
    return format_decimal(value, locale=locale())


def _row(file: OpenFile) -> Row:
    title, holds = _kinds()[file.format]
    return Row(file, title, holds, size(file.bytes))


def _kinds() -> dict[str, tuple[str, str]]:
    """Format -> what it is called, what it is for."""
    return {
        "json": ("JSON", gettext("All we know, in our own form. It can be read in here again.")),
        "csv": ("CSV", gettext("The same as a table, one line for each session.")),
        "xlsx": ("XLSX", gettext("The same table for Excel and other office software.")),
        "geojson": ("GeoJSON", gettext("Names, phones and points, to put on a map.")),
        "hsds": (
            "HSDS NDJSON",
            gettext("In the form that 211 lines and counties share (Open Referral HSDS 3.1)."),
        ),
        "hsds-tabular": ("HSDS ZIP", gettext("The same as tables, in one packed file.")),
    }
