"""What is counted. Labels come from our own lists alone: no server, channel, member or source ever becomes one."""

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.platform_collector import PlatformCollector
from prometheus_client.process_collector import ProcessCollector

from bot.schedules.model import DeliveryState
from bot.services.results import LoadReport

_ACKNOWLEDGED = (0.025, 0.05, 0.1, 0.2, 0.4, 0.8, 1.5, 3.0)  # seconds; Discord gives three
_LAG = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0)


class Meter:
    """The counters of one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self._interactions = self._counter("interactions", "Interactions answered", "command", "outcome")
        self._deliveries = self._counter("deliveries", "Scheduled posts by how they ended", "state")
        self._loads = self._counter("loads", "Rounds over the sources", "outcome")
        self._articles = self._counter("articles", "Articles by what a load made of them", "change")
        self._gateway = self._counter("gateway_events", "Changes of gateway connections", "event")
        self._limited = self._counter("discord_429", "Requests that Discord refused for a limit", "scope")
        self._acknowledged = Histogram(
            "attache_acknowledgement_seconds",
            "From an interaction's arrival to its acknowledgement",
            buckets=_ACKNOWLEDGED,
            registry=self.registry,
        )
        self._lag = Histogram(
            "attache_event_loop_lag_seconds", "How late the event loop woke", buckets=_LAG, registry=self.registry
        )
        for state in DeliveryState:
            self._deliveries.labels(state.value)  # so that a rate has a zero to start from

    def answered(self, command: str, outcome: str) -> None:
        """An interaction has got its answer: `ok`, `refused` (the person's turn), `failed` (ours) or `late`."""
        self._interactions.labels(command, outcome).inc()

    def acknowledged(self, seconds: float) -> None:
        """Discord has our acknowledgement, so long after the interaction came."""
        self._acknowledged.observe(seconds)

    def delivered(self, state: DeliveryState) -> None:
        """A scheduled post has ended."""
        self._deliveries.labels(state.value).inc()

    async def loaded(self, report: LoadReport) -> None:
        """A round over some sources has ended."""
        for source in report.sources:
            self._loads.labels("failed" if source.error else "ok").inc()
            for change in ("new", "changed", "removed"):
                self._articles.labels(change).inc(getattr(source, change))

    def lagged(self, seconds: float) -> None:
        """The event loop woke so much later than it should have."""
        self._lag.observe(max(seconds, 0.0))

    def gateway(self, event: str) -> None:
        """A shard's connection changed: `connect`, `disconnect` or `resumed`."""
        self._gateway.labels(event).inc()

    def refused(self, scope: str) -> None:
        """Discord answered 429, for a limit of this scope (`user`, `global` or `shared`)."""
        self._limited.labels(scope).inc()

    def watch_latency(self, slowest: Callable[[], float]) -> None:
        """Ask for the slowest shard's heartbeat whenever somebody reads the figures."""
        gauge = Gauge("attache_gateway_latency_seconds", "Slowest shard's heartbeat", registry=self.registry)
        gauge.set_function(slowest)

    def text(self) -> bytes:
        """Everything, as Prometheus reads it."""
        return generate_latest(self.registry)

    def _counter(self, name: str, words: str, *labels: str) -> Counter:
        return Counter(f"attache_{name}", words, labels, registry=self.registry)
