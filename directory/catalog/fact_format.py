"""The values of the listing format that have parts: address, range, price, payer, license."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from directory.catalog.program import Address, License, Network, PayerAcceptance, Price, Span

Json = Any


def stated(values: Mapping[str, Json]) -> dict[str, Json]:
    """What is known: empty values left out."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {}, ())}


def load_day(text: str | None) -> date | None:
    """A date from its text."""
    return date.fromisoformat(text) if text else None


def dump_address(address: Address) -> dict[str, Json]:
    """An address; nothing if nothing is known."""
    plain = stated({name: getattr(address, name) for name in ("street", "unit", "city", "state")})
    plain.update(stated({"zip": address.zip}))
    return plain | {"withheld": True} if address.withheld else plain


def dump_span(span: Span | None) -> dict[str, int]:
    """A range."""
    return stated({"min": span.min, "max": span.max}) if span else {}


def dump_price(price: Price | None) -> dict[str, Json]:
    """A price."""
    if price is None:
        return {}
    return stated({"cents": price.cents, "per": price.per, "sliding_scale": price.sliding_scale})


def dump_payer(payer: PayerAcceptance) -> dict[str, Json]:
    """What a program says of one payer."""
    as_of = payer.as_of and payer.as_of.isoformat()
    return stated({"payer": payer.payer, "network": payer.network, "as_of": as_of})


def load_payer(plain: Mapping[str, Json]) -> PayerAcceptance:
    """A payer from a valid object of the format."""
    network: Network = plain.get("network") or "unknown"
    return PayerAcceptance(plain["payer"], network, load_day(plain.get("as_of")))


def dump_license(item: License) -> dict[str, Json]:
    """A license."""
    expires = item.expires and item.expires.isoformat()
    return stated({"body": item.body, "number": item.number, "kind": item.kind, "expires": expires})


def load_license(plain: Mapping[str, Json]) -> License:
    """A license from a valid object of the format."""
    expires = load_day(plain.get("expires"))
    return License(plain["body"], plain["number"], plain.get("kind"), expires)
