"""Read a file of listings: JSON, CSV or XLSX, told apart by what it holds, not by its name."""

from pathlib import Path
from typing import Any

from directory.catalog.vocabulary import Vocabularies
from directory.curation.files.content import Content, open_content
from directory.curation.files.documents import document_in
from directory.curation.files.faults import faults_of
from directory.curation.files.limits import USUAL
from directory.curation.files.tables import tables_in
from directory.curation.importers.listing.flat import tree_of
from directory.curation.listing_format.tree import read_tree
from directory.curation.reading import Progress, Reading, Refused, Told
from directory.errors import UnreadableFile

SHEET = "listings"


def read(path: Path, vocabularies: Vocabularies, progress: Progress, told: Told) -> Reading:
    """Read one file. Raises `UnreadableFile`; bad rows are refused one by one.

    The format carries its own dates: raises `BadValue` if others are told.
    """
    content = open_content(path, USUAL)
    told.only_seen_on(path)
    tree, refused = _tree(content)
    reading = read_tree(tree, vocabularies, progress)
    reading.refused = refused + reading.refused
    return reading


def _tree(content: Content) -> tuple[dict[str, Any], list[Refused]]:
    """The tree of the JSON form; of a workbook, the sheet 'listings' or the first."""
    if content.kind != "json":
        tables = tables_in(content, USUAL)
        sheet = SHEET if SHEET in tables else next(iter(tables))
        return tree_of(tables[sheet], faults_of(content, sheet))
    tree = document_in(content, "the listing format")
    if not isinstance(tree, dict):
        raise UnreadableFile(content.name, "a JSON list", "an object with source and organizations")
    return tree, []
