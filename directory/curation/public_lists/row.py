"""One row of a public list: each value is checked alone; a bad one is left out, not its row."""

import re
from collections.abc import Mapping
from typing import Any

from marshmallow import ValidationError

from directory.curation.listing_format import checks
from directory.curation.reading import Refused, shown
from directory.places.bounds import is_in_state

# A spreadsheet takes the zero off the ZIPs of these.
_ZIP_BEGINS_WITH_ZERO = {"CT", "MA", "ME", "NH", "NJ", "PR", "RI", "VI", "VT"}


class Row:
    """The cells of a row, and what of them was refused. `where` names it in reports.

    `kept` is what the row says that has no meaning yet: it stays beside the claims. `taken` says
    whether the row went in.
    """

    def __init__(self, where: str, cells: Mapping[str, Any]) -> None:
        self.where = where
        self.kept: list[str] = []
        self.taken = False
        self.refused: list[Refused] = []
        self._cells = cells

    def text(self, field: str) -> str:
        """A cell as text without blanks at its ends; '' where there is nothing."""
        value = self._cells.get(field)
        if value is None or isinstance(value, dict | list):
            return ""
        return " ".join(str(value).split())

    def words(self, field: str, longest: int = 200) -> str | None:
        """Text that the listing format takes, or None."""
        return self.checked(field, self.text(field), checks.text(longest))

    def checked(self, field: str, value: str, check: checks.Check) -> str | None:
        """The clean value; None where the cell is blank, or refused with its reason."""
        if not value:
            return None
        try:
            clean: str | None = check(value)
        except ValidationError as error:
            self.refuse(field, value, str(error.messages[0]))
            return None
        return clean

    def refuse(self, field: str, got: object, expected: str) -> None:
        """Note that a value was left out."""
        self.refused.append(Refused(self.where, field, shown(got), expected))

    def state(self, field: str) -> str | None:
        """A state by its two letters."""
        return self.checked(field, self.text(field).upper(), checks.state)

    def zip(self, field: str, state: str | None) -> str | None:
        """A ZIP of five digits: zeros that a spreadsheet lost are put back, four more taken off."""
        digits = re.sub(r"-\d{4}$|\.0$", "", self.text(field))
        if len(digits) == 9 and digits.isdecimal():
            digits = digits[:5]
        if len(digits) in (3, 4) and state in _ZIP_BEGINS_WITH_ZERO:
            digits = digits.zfill(5)
        return self.checked(field, digits, checks.zip_code)

    def phone(self, field: str) -> str | None:
        """A phone, with its extension."""
        return self.checked(field, self.text(field), checks.phone)

    def website(self, field: str) -> str | None:
        """A web address; without a scheme it is http, which is what the list says."""
        text = self.text(field)
        if text and "://" not in text:
            text = f"http://{text}"
        return self.checked(field, text, checks.web_address)

    def location(self, lat: str, lon: str, state: str | None) -> dict[str, float]:
        """Latitude and longitude in six digits, if they lie in the state; else nothing."""
        texts = self.text(lat), self.text(lon)
        if not all(texts):
            return {}
        try:
            north, east = (round(float(text), 6) for text in texts)
        except (ValueError, OverflowError):
            self.refuse(lat, ", ".join(texts), "degrees of latitude and longitude")
            return {}
        if not is_in_state(north, east, state):
            self.refuse(lat, ", ".join(texts), f"a point in {state or 'the United States'}")
            return {}
        return {"lat": north, "lon": east}
