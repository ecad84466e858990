"""The one line to the operator's identity provider: its own https origin and nowhere else.

No redirect is followed and no proxy of the environment is used; an answer has a bound in size and time.
Few ask at once: a provider that hangs must not hold the threads that visitors need.
"""

import http.client
import json
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from threading import BoundedSemaphore
from typing import Any, Protocol
from urllib.parse import SplitResult, urlencode, urlsplit

from directory.accounts.identity import ProviderAway
from directory.accounts.passwords import TooBusy

MOST_AT_ONCE, MOST_BYTES, PIECE = 4, 256 * 1024, 16 * 1024
STEP_SECONDS, WHOLE_SECONDS = 5, 10


class Signer(Protocol):
    """What proves to the provider that it is us (Authlib's `ClientAuth`)."""

    def prepare(
        self, method: str, uri: str, headers: dict[str, str], body: str
    ) -> tuple[str, dict[str, str], str]:
        """The request with the proof on it."""


@dataclass(frozen=True, slots=True)
class Told:
    """What came back."""

    status_code: int
    content: bytes

    def json(self) -> Any:
        """The answer, read. Raises `ValueError`."""
        try:
            return json.loads(self.content)
        except RecursionError:
            raise ValueError("too deep") from None

    def raise_for_status(self) -> None:
        """Raises `ProviderAway` unless it went well."""
        if self.status_code != 200:
            raise ProviderAway(f"status {self.status_code}")


@dataclass(frozen=True, slots=True)
class IssuerLine:
    """Asks the origin of `issuer`. Speaks enough of a requests session for Authlib to post with."""

    issuer: str
    _places: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(MOST_AT_ONCE))

    def get(self, address: str) -> Told:
        """Fetch a document. Raises `ProviderAway`, `TooBusy`."""
        return self._ask("GET", address, {"Accept": "application/json"}, "")

    def post(
        self, address: str, data: Mapping[str, str], headers: Mapping[str, str], auth: Signer
    ) -> Told:
        """Send a form. Raises `ProviderAway`, `TooBusy`."""
        address, signed, body = auth.prepare("POST", address, dict(headers), urlencode(data))
        return self._ask("POST", address, signed, body)

    def is_ours(self, address: object) -> bool:
        """True for an address at the issuer's own origin."""
        return isinstance(address, str) and origin(address) == origin(self.issuer) is not None

    def _ask(self, method: str, address: str, headers: Mapping[str, str], body: str) -> Told:
        if not self.is_ours(address):
            raise ProviderAway("an address that is not the issuer's")
        if not self._places.acquire(blocking=False):
            raise TooBusy
        try:
            return _exchange(urlsplit(address), method, headers, body)
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise ProviderAway(type(error).__name__) from None
        finally:
            self._places.release()


def origin(address: str) -> tuple[str, str, int] | None:
    """Scheme, host and port of an address; None if it is not one to ask."""
    try:
        parts = urlsplit(address)
        port = parts.port or {"https": 443, "http": 80}[parts.scheme]
    except (ValueError, KeyError):
        return None
    if not parts.hostname or parts.username is not None or parts.password is not None:
        return None
    return parts.scheme, parts.hostname, port


def _exchange(parts: SplitResult, method: str, headers: Mapping[str, str], body: str) -> Told:
    connection = _connection(parts)
    try:
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request(method, target, body=body or None, headers=dict(headers))
        answer = connection.getresponse()
        return Told(answer.status, _read(answer))
    finally:
        connection.close()


def _connection(parts: SplitResult) -> http.client.HTTPConnection:
    host = parts.hostname or ""
    if parts.scheme == "https":
        trusted = ssl.create_default_context()
        return http.client.HTTPSConnection(host, parts.port, timeout=STEP_SECONDS, context=trusted)
    return http.client.HTTPConnection(host, parts.port, timeout=STEP_SECONDS)


def _read(answer: http.client.HTTPResponse) -> bytes:
    """The whole body. Raises `ValueError` if it is too long or comes too slowly."""
    content, until = b"", time.monotonic() + WHOLE_SECONDS
    while piece := answer.read1(PIECE):
        content += piece
        if len(content) > MOST_BYTES or time.monotonic() > until:
            raise ValueError("too much, or too slow")
    return content
