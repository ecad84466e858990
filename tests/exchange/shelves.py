"""A shelf of HSDS services over listings in memory, as a generation holds them on disk."""

from collections.abc import Sequence

import numpy as np

from directory.catalog.program import Listing
from directory.exchange.hsds.entries import KINDS, Encoder, Near
from directory.exchange.hsds.shelf import Asked, Shelf
from directory.matching.index import WordHits
from directory.matching.outcome import Understood
from tests.support.builders import GAZETTEER, VOCABULARIES, a_context


def near(zip_code: str, city: str, state: str):
    found = GAZETTEER.zip_point(zip_code) if zip_code else None
    return found or (GAZETTEER.city_point(city, state) if city and state else None)


def a_shelf(*listings: Listing, near: Near = near) -> Shelf:
    """Words are found in the name only."""
    encoder = Encoder(a_context(), near)

    def words(text: str) -> WordHits:
        scores = [float(text.casefold() in one.program.name.casefold()) for one in listings]
        return WordHits(np.array(scores, np.float32), Understood(), bool(text.strip()))

    encoded = [encoder.encode(one) for one in listings]
    kept = [[one[at] for one in encoded] for at in range(len(KINDS))]
    return Shelf("gen-1", *kept, words, VOCABULARIES)


def found(listings: Sequence[Listing], **asked: object) -> set[str]:
    """The programs that a question finds among these."""
    shelf = a_shelf(*listings)
    rows = shelf.service_rows(Asked(**asked))
    return {shelf.service(row)["x_id"] for row in rows}
