"""The form of each fact a curator may set: what stands in its fields, and what they say.

Fields are named by the fact ('site.address') and a part ('site.address.zip').
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from directory.catalog.listing import Json, facts_of
from directory.catalog.program import Listing
from directory.curation.mending import FactKey
from directory.curation.own_word import record_of
from directory.curation.phrases import Reading
from directory.errors import BadValue

LICENSES_MORE = 2
LONGEST_TYPED = 10_000

FORMS: Mapping[FactKey, str] = {
    ("site", "phone"): "line",
    ("program", "tracks"): "tracks",
    ("program", "openings"): "openings",
    ("program", "payers"): "choices",
    ("program", "level_of_care"): "level",
    ("program", "ages"): "span",
    ("program", "focus"): "codes",
    ("program", "services"): "codes",
    ("program", "conditions"): "codes",
    ("program", "populations"): "choices",
    ("program", "languages"): "choices",
    ("program", "weeks"): "span",
    ("program", "price"): "price",
    ("program", "licenses"): "licenses",
    ("program", "accreditations"): "codes",
    ("program", "attendance"): "text",
    ("program", "description"): "text",
    ("program", "name"): "line",
    ("site", "name"): "line",
    ("site", "address"): "address",
    ("site", "location"): "point",
    ("site", "time_zone"): "line",
    ("organization", "name"): "line",
    ("organization", "website"): "line",
    ("organization", "npi"): "line",
}
"""Every fact that may be set, in the order of the page, with the kind of its form."""

CHOICES: Mapping[str, Sequence[str]] = {
    "payers": ("in", "out", "unknown"),
    "populations": ("dedicated", "welcomes", "excludes"),
    "languages": ("group", "staff", "interpreter"),
}


def key_text(key: FactKey) -> str:
    """'site.phone'."""
    return ".".join(key)


def read_key(text: str) -> FactKey | None:
    """The fact of a text such as 'site.phone'; None if it is none that may be set."""
    kind, _, fact = text.partition(".")
    return next((key for key in FORMS if key == (kind, fact)), None)


def listed(listing: Listing, key: FactKey) -> Json:
    """What is listed of a fact now; None if nothing is."""
    kind, fact = key
    return facts_of(record_of(listing, kind)).get(fact)


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields of one fact in a form that was sent."""

    form: "MultiDict[str, str]"
    key: FactKey
    listing: Listing
    day: date
    read_phrase: Callable[[str], Reading]

    def one(self, part: str = "") -> str:
        """What a field holds, without blanks at its ends."""
        name = key_text(self.key) + (f".{part}" if part else "")
        return self.form.get(name, "").replace("\r\n", "\n").strip()[: LONGEST_TYPED + 1]

    def many(self) -> list[str]:
        """What is ticked."""
        return self.form.getlist(key_text(self.key))

    def number(self, part: str) -> int | None:
        """A whole number; None if the field is empty. Raises `BadValue`."""
        text = self.one(part)
        if not text:
            return None
        if not (text.isascii() and text.isdigit() and len(text) < 9):
            raise BadValue(self.key[1], text[:40], "a whole number")
        return int(text)

    def value(self) -> Json:
        """The value in the listing format, not checked yet; None for nothing. Raises `BadValue`."""
        return _READERS[FORMS[self.key]](self)


def _line(typed: Typed) -> Json:
    return typed.one() or None


def _codes(typed: Typed) -> Json:
    return typed.many() or None


def _choices(typed: Typed) -> Json:
    """Each code with its word; a payer is an object, the others are pairs."""
    fact, start = typed.key[1], key_text(typed.key) + "."
    chosen = {
        name.removeprefix(start): word
        for name, word in typed.form.items()
        if name.startswith(start) and word
    }
    if fact != "payers":
        return chosen or None
    day = typed.day.isoformat()
    return [{"payer": code, "network": how, "as_of": day} for code, how in chosen.items()] or None


def _span(typed: Typed) -> Json:
    limits = {"min": typed.number("min"), "max": typed.number("max")}
    return _known(limits)


def _level(typed: Typed) -> Json:
    level = typed.one("level")
    return {"level_of_care": level, "level_evidence": "stated"} if level else None


def _price(typed: Typed) -> Json:
    text = typed.one("amount").removeprefix("$").replace(",", "")
    if not text:
        return None
    whole, _, cents = text.partition(".")
    if not (whole.isdigit() and whole.isascii() and len(whole) < 7 and len(cents) in (0, 2)):
        raise BadValue("price", text[:40], "dollars, such as 310 or 310.50")
    if cents and not (cents.isdigit() and cents.isascii()):
        raise BadValue("price", text[:40], "dollars, such as 310 or 310.50")
    price = {"cents": int(whole) * 100 + int(cents or 0), "per": typed.one("per")}
    scale = {"yes": True, "no": False}.get(typed.one("scale"))
    return price if scale is None else price | {"sliding_scale": scale}


def _licenses(typed: Typed) -> Json:
    found = []
    for row in range(len(listed(typed.listing, typed.key) or ()) + LICENSES_MORE):
        parts = {part: typed.one(f"{row}.{part}") for part in ("body", "number", "kind", "expires")}
        if any(parts.values()):
            found.append(_known(parts) or {})
    return found or None


def _address(typed: Typed) -> Json:
    parts = {part: typed.one(part) for part in ("street", "unit", "city", "zip")}
    state = typed.one("state").upper()
    return _known({**parts, "state": state, "withheld": typed.one("withheld") == "yes"})


def _point(typed: Typed) -> Json:
    texts = {part: typed.one(part) for part in ("lat", "lon")}
    try:
        return _known({part: float(text) for part, text in texts.items() if text})
    except ValueError:
        raise BadValue("location", " ".join(texts.values())[:40], "degrees such as 34.1") from None


def _tracks(typed: Typed) -> Json:
    """The groups that are kept, then those of the pasted text. Raises `BadValue` if it holds none."""
    now = listed(typed.listing, typed.key) or []
    kept = [one for at, one in enumerate(now) if typed.one(f"keep.{at}") == "yes"]
    phrase, mode = typed.one("phrase"), typed.one("mode")
    told = typed.read_phrase(phrase).as_dict()["tracks"] if phrase else []
    if phrase and not told:
        raise BadValue("tracks", phrase[:40], "days and hours of groups")
    new = [{**one, **({"mode": mode} if mode and not one.get("mode") else {})} for one in told]
    for one in new:
        if label := one.get("label"):
            one["label"] = label[:1].upper() + label[1:]
    return [*kept, *new] or None


def _openings(typed: Typed) -> Json:
    found = []
    for at, track in enumerate(listed(typed.listing, ("program", "tracks")) or ()):
        said = {
            "label": track.get("label"),
            "season": track.get("season"),
            "accepting": typed.one(f"{at}.accepting") or "unknown",
            "seats": typed.number(f"{at}.seats"),
            "reported_on": typed.day.isoformat(),
        }
        found.append({name: value for name, value in said.items() if value is not None})
    return found if any(one["accepting"] != "unknown" for one in found) else None


def _known(parts: Mapping[str, Json]) -> Json:
    """The parts that say something; None if none does."""
    return {name: value for name, value in parts.items() if value not in (None, "", False)} or None


_READERS: Mapping[str, Callable[[Typed], Json]] = {
    "line": _line,
    "text": _line,
    "codes": _codes,
    "choices": _choices,
    "span": _span,
    "level": _level,
    "price": _price,
    "licenses": _licenses,
    "address": _address,
    "point": _point,
    "tracks": _tracks,
    "openings": _openings,
}


def fields_of(key: FactKey, value: Json) -> dict[str, str | list[str]]:
    """What the fields of a fact hold for a value, by part; lists are what is ticked."""
    if value is None:
        return {}
    form = FORMS[key]
    if form in ("line", "text"):
        return {"": str(value)}
    if form == "codes":
        return {"": list(value)}
    return {name: str(part) for name, part in _PARTS[form](key[1], value).items()}


def _parts_of_choices(fact: str, value: Json) -> Mapping[str, Json]:
    if fact != "payers":
        return dict(value)
    return {one["payer"]: one.get("network") or "unknown" for one in value}


def _parts_of_price(_: str, value: Json) -> Mapping[str, Json]:
    amount = f"{value['cents'] / 100:.2f}".removesuffix(".00")
    scale = {True: "yes", False: "no"}.get(value.get("sliding_scale"), "")
    return {"amount": amount, "per": value["per"], "scale": scale}


def _parts_of_licenses(_: str, value: Json) -> Mapping[str, Json]:
    return {f"{row}.{part}": text for row, one in enumerate(value) for part, text in one.items()}


def _parts_of_address(_: str, value: Json) -> Mapping[str, Json]:
    return {**value, "withheld": "yes" if value.get("withheld") else ""}


def _parts_of_openings(_: str, value: Json) -> Mapping[str, Json]:
    return {
        f"{row}.{part}": text
        for row, one in enumerate(value)
        for part, text in one.items()
        if part in ("accepting", "seats")
    }


_PARTS: Mapping[str, Callable[[str, Json], Mapping[str, Json]]] = {
    "choices": _parts_of_choices,
    "span": lambda _, value: value,
    "level": lambda _, value: {"level": value.get("level_of_care", "")},
    "price": _parts_of_price,
    "licenses": _parts_of_licenses,
    "address": _parts_of_address,
    "point": lambda _, value: value,
    "tracks": lambda _, value: {f"keep.{at}": "yes" for at in range(len(value))},
    "openings": _parts_of_openings,
}
