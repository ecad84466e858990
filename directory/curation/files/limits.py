"""How large a file may be before we leave it closed."""

from dataclasses import dataclass

MEGABYTE = 2**20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one kind of file. An importer of a larger list states its own.

    `windows_1252` says that a file which is not UTF-8 may be read as Windows-1252, as old
    spreadsheets and government exports are written. Where people fill in a template, it is not.
    """

    largest: int = 50 * MEGABYTE
    rows: int = 250_000
    columns: int = 512
    windows_1252: bool = False


USUAL = Limits()
