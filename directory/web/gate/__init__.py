"""What every machine request goes through: keys, rates, tags, sharing with pages of others.

Which address gets what stands in `web/machines.py`; refusals are worded in `web/errors.py`.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from flask import Flask, Response, current_app, g, request
from werkzeug.exceptions import NotAcceptable

from directory.accounts.api_keys import KeyRing
from directory.catalog.api_key import ApiKey
from directory.catalog.clock import Clock
from directory.errors import BadKey, NoGeneration, OutOfScope, TooManyRequests
from directory.web import errors
from directory.web.answers import Edition
from directory.web.gate.rates import Buckets, Disguise, Drawn, Policy, network_of
from directory.web.gate.sharing import is_preflight, preflight, share
from directory.web.gate.tags import is_public, tag
from directory.web.machines import Rate, rule_of


@dataclass(frozen=True, slots=True)
class Gate:
    """Lets machine requests in, and says on the way out what may be kept and how much is left."""

    policies: Mapping[Rate, Policy]
    keys: KeyRing
    edition: Callable[[], Edition]
    clock: Clock
    buckets: Buckets = field(default_factory=Buckets)
    disguise: Disguise = field(default_factory=Disguise)

    def come_in(self) -> Response | None:
        """Raises `BadKey`, `OutOfScope`, `TooManyRequests`; answers a preflight itself."""
        rule = rule_of(request.path)
        if rule is None:
            return None
        if is_preflight(request):
            return preflight(request, rule, current_app.create_url_adapter(request))  # type: ignore[arg-type]
        given = request.headers.get("Authorization")
        key = None if given is None else self._key(given)
        g.drawn = self.draw(rule.rate, key)
        if g.drawn.wait:
            raise TooManyRequests(g.drawn.policy.in_words, g.drawn.wait)
        if given is not None and key is None:
            raise BadKey
        if key is not None and rule.scope not in key.scopes:
            raise OutOfScope(rule.scope, key.scopes)
        return None

    def go_out(self, response: Response) -> Response:
        """The headers of a machine's answer."""
        rule = rule_of(request.path)
        if rule is None:
            return response
        if response.status_code == 200 and not accepted(response):
            response = errors.refused(NotAcceptable(response.mimetype))
        if is_public(request, response):
            tag(response, request, self._edition())
        share(response, request, rule)
        if drawn := g.get("drawn"):
            response.headers["RateLimit-Policy"] = drawn.policy.header
            response.headers["RateLimit"] = drawn.header
        return response

    def _key(self, given: str) -> ApiKey | None:
        """The key of an Authorization header; None if it is none of ours."""
        scheme, _, secret = given.partition(" ")
        return self.keys.find(secret.strip()) if scheme.lower() == "bearer" else None

    def draw(self, rate: Rate, key: ApiKey | None = None) -> Drawn:
        """From the key's own bucket, else from the network's; this machine itself is not counted."""
        now, policy = self.clock(), self.policies[rate]
        if key is not None:
            own = Policy(f"key-{rate}", key.per_minute, 60)
            if rate == "reports":  # who tells many is still one who tells
                own = replace(policy, name=own.name)
            return self.buckets.draw(own, str(key.number).encode(), now.timestamp())
        network = network_of(request.remote_addr)
        if network is None:
            return Drawn(policy, policy.quota, 0)
        whose = self.disguise.of(network, now.date())
        return self.buckets.draw(policy, whose, now.timestamp())

    def _edition(self) -> Edition:
        try:
            return self.edition()
        except NoGeneration:  # the description of the API needs none
            return Edition("", self.clock().date())


def wait_for(rate: Rate) -> int:
    """Seconds until this network may send a page's form, drawn from where machines draw; 0 for now."""
    gate: Gate = current_app.extensions["gate"]
    return gate.draw(rate).wait


def accepted(response: Response) -> bool:
    """True if who asks takes what we send; without the header, anything. OPTIONS sends nothing."""
    wanted = request.accept_mimetypes
    return (
        not wanted or request.method == "OPTIONS" or bool(wanted.quality(response.mimetype or ""))
    )


def register(app: Flask, gate: Gate) -> None:
    """Put the gate before every view. After `security`, so that its headers fill in what is left."""
    app.extensions["gate"] = gate
    app.before_request(gate.come_in)
    app.after_request(gate.go_out)
