"""Values of JSON that others wrote: taken where they are what they should be."""

import math
from typing import Any

Json = dict[str, Any]


def stated(values: Json) -> Json:
    """What is said: nothing that is null, empty or blank."""
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}


def objects_in(holder: Json, name: str) -> list[Json]:
    """The objects of a list; nothing where there is no list."""
    values = holder.get(name)
    return [one for one in values if isinstance(one, dict)] if isinstance(values, list) else []


def text_in(holder: Json, name: str) -> str | None:
    """A text that is not blank."""
    value = holder.get(name)
    return value.strip() or None if isinstance(value, str) else None


def whole(value: Any, parts: int = 1) -> int | None:
    """A number in whole `parts`, rounded: 12.5 dollars in cents. Texts of sheets are read too."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value) * parts
    except (ValueError, OverflowError):
        return None
    return round(number) if math.isfinite(number) else None
