"""OpenID Connect by Authlib: authorization code with PKCE, and an ID token that is verified whole.

Imported only where it is configured, as its library is an optional extra. What the token says of roles
or groups is not read. OpenID Connect Core 1.0, 3.1; RFC 7636; RFC 9207; RFC 9700.
"""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Any

from authlib.oauth2 import OAuth2Client, OAuth2Error
from authlib.oidc.core import CodeIDToken
from joserfc import jws, jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from directory.accounts.identity import Answer, NotProved, Proved, ProviderAway, Trip
from directory.accounts.issuer_line import IssuerLine
from directory.accounts.staff import read_email
from directory.errors import BadValue

# Signed with a key that only the issuer has: no "none", no secret that two sides know.
ALGORITHMS = ("RS256", "PS256", "ES256")
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
SCOPE = "openid email"
LEEWAY_SECONDS, LONGEST_SUBJECT, LONGEST_CODE = 60, 255, 2048
# What the issuer says of itself is read anew this often; its keys also for a token of a new key, at most
# once a minute.
REREAD, KEYS_AT_MOST_EVERY = timedelta(hours=1), timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Registration:
    """How we are known to the issuer. `second_factor`: its words (amr, acr) for a second factor."""

    issuer: str
    client_id: str
    client_secret: str
    redirect: str
    second_factor: Set[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Known:
    """What the issuer said of itself, and when."""

    metadata: Mapping[str, Any]
    keys: KeySet
    at: datetime
    keys_at: datetime


class Oidc:
    """The `Provider` of `accounts.identity`."""

    def __init__(self, registration: Registration, line: IssuerLine) -> None:
        self._as, self._line = registration, line
        self._known: _Known | None = None
        self._lock = Lock()

    @property
    def issuer(self) -> str:
        """Its name, as it stands in what it proves."""
        return self._as.issuer

    def address(self, trip: Trip, now: datetime) -> str:
        """Where the browser has to go. Raises `ProviderAway`, `TooBusy`."""
        known = self._current(now)
        address, _ = self._client(known).create_authorization_url(
            known.metadata["authorization_endpoint"],
            state=trip.state,
            nonce=trip.nonce,
            code_verifier=trip.verifier,
        )
        return str(address)

    def proved(self, trip: Trip, answer: Answer, now: datetime) -> Proved:
        """Who came. Raises `NotProved`, `ProviderAway`, `TooBusy`."""
        known = self._current(now)
        _refuse_others(answer, known.metadata, self.issuer)
        tokens = self._tokens(known, trip, answer.code)
        claims = self._claims(tokens, trip.nonce, now)
        return Proved(
            str(claims["sub"]), _verified(claims), _shown(claims) & self._as.second_factor != set()
        )

    def _tokens(self, known: _Known, trip: Trip, code: str) -> Mapping[str, Any]:
        try:
            found = self._client(known).fetch_token(
                known.metadata["token_endpoint"],
                grant_type="authorization_code",
                code=code,
                code_verifier=trip.verifier,
            )
        except OAuth2Error as refused:
            raise NotProved(f"code: {_word(refused.error)}") from None
        except ValueError:
            raise ProviderAway("no tokens in the answer") from None
        if not isinstance(found.get("id_token"), str):
            raise NotProved("no ID token")
        return dict(found)

    def _claims(self, tokens: Mapping[str, Any], nonce: str, now: datetime) -> Mapping[str, Any]:
        """The claims of an ID token that is the issuer's, for us, for this trip, and of now."""
        try:
            read = jwt.decode(
                tokens["id_token"], self._keys_for(tokens["id_token"], now), list(ALGORITHMS)
            )
            wanted = {"iss": self.issuer, "aud": self._as.client_id, "nonce": nonce}
            claims = CodeIDToken(
                read.claims,
                read.header,
                {name: {"essential": True, "value": value} for name, value in wanted.items()},
                {
                    "nonce": nonce,
                    "client_id": self._as.client_id,
                    "access_token": tokens.get("access_token"),
                },
            )
            claims.validate(int(now.timestamp()), LEEWAY_SECONDS)
        except JoseError as wrong:
            raise NotProved(f"ID token: {wrong.error} {getattr(wrong, 'claim', '')}") from None
        except (ValueError, TypeError, RecursionError) as wrong:
            raise NotProved(f"ID token: {type(wrong).__name__}") from None
        if claims["aud"] not in (self._as.client_id, [self._as.client_id]):
            raise NotProved("ID token: for others, too")
        if not 0 < len(claims["sub"]) <= LONGEST_SUBJECT:
            raise NotProved("ID token: subject")
        return dict(claims)

    def _client(self, known: _Known) -> Any:
        known_methods = known.metadata.get("token_endpoint_auth_methods_supported")
        basic = not isinstance(known_methods, list) or "client_secret_basic" in known_methods
        return OAuth2Client(
            self._line,
            self._as.client_id,
            self._as.client_secret,
            token_endpoint_auth_method="client_secret_basic" if basic else "client_secret_post",
            scope=SCOPE,
            redirect_uri=self._as.redirect,
            code_challenge_method="S256",
        )

    # --- what the issuer says of itself

    def _current(self, now: datetime) -> _Known:
        with self._lock:
            known = self._known
        if known is None or now - known.at >= REREAD:
            metadata = self._metadata()
            known = _Known(metadata, self._key_set(metadata), now, now)
            self._keep(known)
        return known

    def _keep(self, known: _Known) -> None:
        with self._lock:
            self._known = known

    def _keys_for(self, token: str, now: datetime) -> KeySet:
        """The keys; fetched again for a token that names one we do not know."""
        known = self._current(now)
        kid = jws.extract_compact(token.encode()).headers().get("kid")
        if (
            kid is not None
            and kid not in {key.kid for key in known.keys}
            and (now - known.keys_at >= KEYS_AT_MOST_EVERY)
        ):
            known = _Known(known.metadata, self._key_set(known.metadata), known.at, now)
            self._keep(known)
        return known.keys

    def _metadata(self) -> Mapping[str, Any]:
        told = self._document(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        if told.get("issuer") != self.issuer:
            raise ProviderAway("its description is another issuer's")
        if not all(self._line.is_ours(told.get(name)) for name in ENDPOINTS):
            raise ProviderAway("its description leads to another host")
        return told

    def _key_set(self, metadata: Mapping[str, Any]) -> KeySet:
        told = self._document(metadata["jwks_uri"])
        try:
            return KeySet.import_key_set({"keys": told["keys"]})
        except (JoseError, KeyError, TypeError, ValueError, AttributeError):
            raise ProviderAway("its keys cannot be read") from None

    def _document(self, address: str) -> Mapping[str, Any]:
        told = self._line.get(address)
        told.raise_for_status()
        try:
            read = told.json()
        except ValueError:
            read = None
        if not isinstance(read, dict):
            raise ProviderAway("a document that is no JSON object")
        return read


def _refuse_others(answer: Answer, metadata: Mapping[str, Any], issuer: str) -> None:
    """An answer that another issuer gave, or none with a code, is not taken anywhere (RFC 9207)."""
    says_so = metadata.get("authorization_response_iss_parameter_supported") is True
    if (answer.issuer or says_so) and answer.issuer != issuer:
        raise NotProved("another issuer")
    if not 0 < len(answer.code) <= LONGEST_CODE:
        raise NotProved("no code")


def _word(text: object) -> str:
    """An error code of theirs, as it may stand in our log."""
    return str(text) if re.fullmatch("[a-z_]{1,40}", str(text)) else "refused"


def _verified(claims: Mapping[str, Any]) -> str | None:
    """The mail address, if the issuer verified it."""
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        return None
    try:
        return read_email(email)
    except BadValue:
        return None


def _shown(claims: Mapping[str, Any]) -> set[str]:
    """What the issuer says of how somebody signed in: `amr`, a list, and `acr`, a word."""
    methods = claims.get("amr")
    found: Sequence[object] = [*(methods if isinstance(methods, list) else []), claims.get("acr")]
    return {one for one in found if isinstance(one, str)}
