"""Answers in an address nobody else can read: encrypted, compressed, short-lived, kept nowhere.

Sensitive answers may stand neither in a readable address nor behind a plain POST (Back breaks):
POST, then redirect to a sealed address (ASVS 5.0 14.2.1).
"""

import json
import time
import zlib
from base64 import urlsafe_b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, cast

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from directory.errors import BadSetting, Refusal

PURPOSE = b"stepwise sealed address 1"


@dataclass
class StaleAddress(Refusal):
    """A sealed address that is too old, cut short, or not ours."""

    def __str__(self) -> str:
        return "This address no longer opens."


class Sealer:
    """Seals with the first secret, opens with any of them, so that secrets can be rotated."""

    def __init__(
        self, secrets: Sequence[str], minutes: int, clock: Callable[[], float] = time.time
    ) -> None:
        if not secrets or not all(secrets):
            raise BadSetting("secrets", "none", "at least one secret, none of them empty")
        self._keys = MultiFernet([Fernet(_key(secret)) for secret in secrets])
        self._seconds = minutes * 60
        self._clock = clock

    def seal(self, payload: Mapping[str, object]) -> str:
        """A word for `payload` (anything JSON can hold) that is safe in a path."""
        plain = json.dumps(payload, separators=(",", ":"))
        packed = zlib.compress(plain.encode(), 9)
        token = self._keys.encrypt_at_time(packed, int(self._clock()))
        return token.decode().rstrip("=")

    def open(self, token: str) -> dict[str, object]:
        """What was sealed. Raises `StaleAddress`."""
        try:
            padded = (token + "=" * (-len(token) % 4)).encode("ascii")
            packed = self._keys.decrypt_at_time(padded, self._seconds, int(self._clock()))
            return cast(dict[str, object], json.loads(zlib.decompress(packed)))
        except (InvalidToken, ValueError, zlib.error) as error:
            raise StaleAddress from error

    def open_part(self, token: str, kind: str) -> Any:
        """What one kind of page sealed under its name. Raises `StaleAddress` for another's address."""
        payload = self.open(token)
        if kind not in payload:
            raise StaleAddress
        return payload[kind]


def _key(secret: str) -> bytes:
    derived = HKDF(SHA256(), length=32, salt=None, info=PURPOSE).derive(secret.encode())
    return urlsafe_b64encode(derived)
