"""Figures for Prometheus: how many requests, how long, and how this node stands.

Labels are route, method and class of status: words of ours, never one of a request. Several workers
count together where gunicorn.conf.py made them a folder.
"""

import hmac
import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from ipaddress import ip_address

from flask import Blueprint, Flask, Request, Response, current_app, g, request
from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4, generate_latest
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from werkzeug.exceptions import NotFound

from directory.web.operating.endpoints import ENDPOINT, endpoint_of, method_of, status_class
from directory.web.operating.readiness import Readiness
from directory.web.services import services

TOGETHER = "PROMETHEUS_MULTIPROC_DIR"
SECONDS = (0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)
_FORWARDED = ("X-Forwarded-For", "X-Real-IP", "Forwarded", "Via")

blueprint = Blueprint("operating", __name__)


@dataclass(frozen=True, slots=True)
class Door:
    """Who may read the figures: nobody; whoever has the token; without one, this very machine."""

    open: bool
    token: str = field(default="", repr=False)

    def lets_in(self, asked: Request) -> bool:
        """True if a request may read. What a proxy passes on did not begin on this machine."""
        if not self.open:
            return False
        if self.token:
            given = asked.headers.get("Authorization", "").encode()
            return hmac.compare_digest(given, f"Bearer {self.token}".encode())
        from_here = ip_address(asked.remote_addr or "0.0.0.0").is_loopback  # noqa: S104
        return from_here and not any(name in asked.headers for name in _FORWARDED)


class Figures:
    """Counts requests of one app."""

    def __init__(self) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "stepwise_requests",
            "Requests answered.",
            ("endpoint", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "stepwise_request_seconds",
            "Seconds from reading a request to its answer.",
            ("endpoint",),
            buckets=SECONDS,
            registry=self.registry,
        )

    def count(self, endpoint: str, method: str, status: int, seconds: float) -> None:
        """Note one answer."""
        self._requests.labels(endpoint, method, status_class(status)).inc()
        self._seconds.labels(endpoint).observe(seconds)


class _State(Collector):
    """How this node stands, read when somebody asks."""

    def __init__(self, readiness: Readiness) -> None:
        self._readiness = readiness

    def collect(self) -> Iterable[Metric]:
        state = self._readiness.look()
        yield GaugeMetricFamily("stepwise_ready", "1 if searches are answered.", float(state.ready))
        yield GaugeMetricFamily("stepwise_programs", "Programs published.", state.programs)
        if state.facts_days is not None:
            days = GaugeMetricFamily("stepwise_facts_age_days", "Days since facts were aged.")
            days.add_metric([], state.facts_days)
            yield days
        troubles = GaugeMetricFamily("stepwise_trouble", "1 while it lasts.", labels=("what",))
        for name, told in state.checks.items():
            troubles.add_metric([name], float(bool(told)))
        yield troubles


@blueprint.get("/metrics")
def metrics() -> Response:
    """Everything counted, in the text format."""
    door: Door = current_app.extensions["metrics_door"]
    if not door.lets_in(request):
        raise NotFound
    registry = _registry()
    registry.register(_State(Readiness(services.finder, services.clock, services.checks)))
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_PLAIN_0_0_4)


def _registry() -> CollectorRegistry:
    """What all workers counted, or what this one did."""
    together = CollectorRegistry()
    if os.environ.get(TOGETHER):
        MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    else:
        together.register(_Own(current_app.extensions["figures"].registry))
    return together


class _Own(Collector):
    def __init__(self, registry: CollectorRegistry) -> None:
        self._registry = registry

    def collect(self) -> Iterable[Metric]:
        return self._registry.collect()


def register(app: Flask, door: Door, tick: Callable[[], float]) -> None:
    """Name every request for the log, and count it where figures are wanted. Before all else.

    `tick` is a clock that only ever goes forward.
    """
    app.extensions["metrics_door"] = door
    figures = app.extensions["figures"] = Figures() if door.open else None
    app.register_blueprint(blueprint)

    def begin() -> None:
        g.began = tick()
        request.environ[ENDPOINT] = endpoint_of(request)

    def end(response: Response) -> Response:
        if figures is not None:
            seconds = tick() - g.get("began", tick())
            method = method_of(request.method)
            figures.count(endpoint_of(request), method, response.status_code, seconds)
        return response

    app.before_request(begin)
    app.after_request(end)
