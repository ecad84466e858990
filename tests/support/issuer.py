"""A small identity provider on loopback: real HTTP, a real RSA key, and everything a bad one may do."""

import base64
import hashlib
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "stepwise", "a secret of the client"
BACK = "http://localhost/staff/sign-in/back"


@dataclass
class Issuer:
    """What it says can be bent by a test: claims, header, key, answer, description."""

    clock: Callable[[], Any]
    url: str = ""
    first_key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    key: RSAKey | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "one"})
    description: dict[str, Any] = field(default_factory=dict)
    back: dict[str, str] = field(default_factory=dict)
    signed_with: Any = None
    token: Callable[[str], Any] = lambda token: token
    answer: tuple[int, bytes] | None = None
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    forms: list[dict[str, str]] = field(default_factory=list)

    def straight(self) -> None:
        """As a good one, again."""
        self.__dict__.update(Issuer(self.clock, self.url, self.first_key).__dict__)

    @property
    def current_key(self) -> RSAKey:
        return self.key or self.first_key

    def send_back(self, address: str) -> str:
        """What its sign-in page does once somebody signed in: the address to go back to."""
        given = dict(parse_qsl(urlsplit(address).query))
        code = f"code-{len(self.codes)}"
        self.codes[code] = given
        answer = {"code": code, "state": given["state"], **self.back}
        return f"{given['redirect_uri']}?{urlencode(answer)}"

    def describe(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "jwks_uri": f"{self.url}/keys",
            **self.description,
        }

    def tokens(self, form: dict[str, str], secret: str) -> tuple[int, dict[str, Any]]:
        """Tokens for a code, once, to who holds verifier and secret."""
        given = self.codes.pop(form.get("code", ""), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if (
            given is None
            or given["code_challenge"] != challenge
            or given["code_challenge_method"] != "S256"
            or given["redirect_uri"] != form.get("redirect_uri")
            or secret != f"{CLIENT}:{SECRET}"
        ):
            return 400, {"error": "invalid_grant"}
        return 200, {
            "access_token": "opens nothing here",
            "token_type": "Bearer",
            "id_token": self.token(self.id_token(given)),
        }

    def id_token(self, given: dict[str, str]) -> str:
        now = int(self.clock().timestamp())
        claims = {
            "iss": self.url,
            "sub": "subject-1",
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": given["nonce"],
            "email": "rosa@example.org",
            "email_verified": True,
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        key = self.signed_with or self.current_key
        return jwt.encode(self.header, claims, key, [self.header["alg"]])


class _Door(BaseHTTPRequestHandler):
    issuer: Issuer

    def do_GET(self) -> None:
        if self.path.startswith("/authorize?"):  # whoever comes is signed in already
            self.send_response(302)
            self.send_header("Location", self.issuer.send_back(f"{self.issuer.url}{self.path}"))
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.issuer.asked.append(f"GET {self.path}")
        told = {
            "/.well-known/openid-configuration": self.issuer.describe,
            "/keys": lambda: KeySet([self.issuer.current_key]).as_dict(),
        }.get(self.path)
        if told is None:
            self._send(404, {})
        else:
            self._send(200, told())

    def do_POST(self) -> None:
        self.issuer.asked.append(f"POST {self.path}")
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        form = {name: values[0] for name, values in parse_qs(body).items()}
        self.issuer.forms.append(form)
        basic = base64.b64decode(self.headers.get("Authorization", "").removeprefix("Basic "))
        secret = basic.decode() or f"{form.get('client_id')}:{form.get('client_secret')}"
        self._send(*self.issuer.tokens(form, secret))

    def _send(self, status: int, told: dict[str, Any]) -> None:
        content = json.dumps(told).encode()
        if self.issuer.answer is not None:
            status, content = self.issuer.answer
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        if 300 <= status < 400:
            self.send_header("Location", f"{self.issuer.url}/keys")
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *said: object) -> None:
        """Nothing to standard error."""


@contextmanager
def issuing(clock: Callable[[], Any]) -> Iterator[Issuer]:
    """An issuer that answers, at a port of its own."""
    issuer = Issuer(clock)
    door = type("Door", (_Door,), {"issuer": issuer})
    with ThreadingHTTPServer(("127.0.0.1", 0), door) as server:
        issuer.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield issuer
        server.shutdown()
        thread.join()
