"""Addresses as somebody else wrote them: in a field, a query, a header."""

from urllib.parse import SplitResult, urlsplit


def parts_of(text: str) -> SplitResult | None:
    """The parts of an address; None for what is none, such as `//[`."""
    try:
        return urlsplit(text)
    except ValueError:
        return None
