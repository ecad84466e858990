"""Read what a caller wrote down: names and numbers as text, the rest in the listing format."""

import orjson
from marshmallow import ValidationError

from directory.catalog.listing import Json
from directory.catalog.vocabulary import Vocabularies
from directory.curation.audit.recording import Read
from directory.curation.listing_format.schema import schemas

AS_TEXT = ("name", "phone")


def reader(vocabularies: Vocabularies) -> Read:
    """A reader that refuses what an import would refuse."""
    known = schemas(vocabularies)

    def read(fact: str, text: str) -> Json:
        try:
            value: Json = text if fact in AS_TEXT else orjson.loads(text)
            whole: Json = value if fact == "level_of_care" else {fact: value}
            schema = known.site if fact in ("phone", "address") else known.program
            told = schema.load(whole, partial=True)
        except orjson.JSONDecodeError:
            raise ValueError('a value of the listing format, such as {"min": 18}') from None
        except ValidationError as refused:
            raise ValueError(f"what an import takes: {refused.messages}") from None
        return told if fact == "level_of_care" else told[fact]

    return read
