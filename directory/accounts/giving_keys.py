"""Keys of partners' servers as staff keep them: each act with its line in the audit trail."""

from datetime import datetime

from directory.accounts import api_keys, trail
from directory.catalog.api_key import ApiKey
from directory.catalog.staff import StaffBook

Given = tuple[ApiKey, str]


def give(
    book: StaffBook, now: datetime, actor: int, owner: str, scopes: tuple[str, ...], per_minute: int
) -> Given:
    """Make a key; its secret can be shown this once. Raises `BadValue`."""
    key, secret = api_keys.make(book.api_keys, owner, scopes, per_minute, now.date())
    details: dict[str, str | int] = {"scopes": ".".join(key.scopes), "per_minute": per_minute}
    trail.record(book, now, actor, "api_key_made", "api_key", key.number, **details)
    return key, secret


def change(
    book: StaffBook, now: datetime, actor: int, number: int, owner: str, per_minute: int
) -> None:
    """Give a key another owner or rate. Raises `BadValue`, `UnknownKey`."""
    api_keys.change(book.api_keys, number, owner, per_minute)
    trail.record(book, now, actor, "api_key_changed", "api_key", number, per_minute=per_minute)


def end(book: StaffBook, now: datetime, actor: int, number: int) -> None:
    """Revoke a key for good. Raises `UnknownKey`."""
    api_keys.revoke(book.api_keys, number, now.date())
    trail.record(book, now, actor, "api_key_revoked", "api_key", number)
