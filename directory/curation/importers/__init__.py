"""The sources we can read. One folder each, one line here."""

from directory.curation.importers.dhcs import reader as dhcs
from directory.curation.importers.findtreatment import reader as findtreatment
from directory.curation.importers.hsds import reader as hsds
from directory.curation.importers.listing import reader as listing
from directory.curation.importers.nppes import reader as nppes
from directory.curation.importers.samhsa import reader as samhsa
from directory.curation.reading import Reader

IMPORTERS: tuple[tuple[str, Reader], ...] = (
    ("listing", listing.read),
    ("samhsa", samhsa.read),
    ("findtreatment", findtreatment.read),
    ("dhcs", dhcs.read),
    ("nppes", nppes.read),
    ("hsds", hsds.read),
)
