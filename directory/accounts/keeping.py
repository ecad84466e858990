"""Keys made from the installation's secret, one for each purpose: what is at rest opens nothing."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF


class Keeper:
    """Digests and seals with the first secret, opens with any of them, so that secrets can rotate."""

    def __init__(self, secrets: Sequence[str]) -> None:
        self._digests = [_key(secret, b"stepwise staff digest 1") for secret in secrets]
        keys = [_key(secret, b"stepwise staff seal 1") for secret in secrets]
        self._seals = MultiFernet([Fernet(urlsafe_b64encode(key)) for key in keys])

    def digest(self, purpose: str, text: str) -> str:
        """A word for `text` that only this installation can make; another for each purpose."""
        return self.digests(purpose, text)[0]

    def digests(self, purpose: str, text: str) -> Sequence[str]:
        """The word of each secret, the newest first: for what was handed out before one was added."""
        said = f"{purpose}\0{text}".encode()
        return [hmac.new(key, said, hashlib.sha256).hexdigest() for key in self._digests]

    def seal(self, text: str) -> str:
        """`text`, so that only this installation can read it."""
        return self._seals.encrypt(text.encode()).decode("ascii")

    def open(self, sealed: str) -> str | None:
        """What was sealed; None if it was sealed with a secret that is gone, or never."""
        try:
            return self._seals.decrypt(sealed.encode("utf-8", "replace")).decode()
        except InvalidToken:
            return None


def token_digest(token: str) -> str:
    """What is kept of a random token: 256 bits need no key and no slow hash."""
    return hashlib.sha256(token.encode()).hexdigest()


def _key(secret: str, purpose: bytes) -> bytes:
    return HKDF(SHA256(), length=32, salt=None, info=purpose).derive(secret.encode())
