"""Figures: what is counted, under which labels."""

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.operation.meter import Meter
from bot.schedules.model import DeliveryState
from bot.services.results import LoadReport, SourceReport


def figures(meter: Meter) -> dict[tuple[str, tuple[tuple[str, str], ...]], float]:
    return {
        (sample.name, tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(meter.text().decode())
        for sample in family.samples
    }


async def test_every_kind_is_counted_under_its_own_labels() -> None:
    meter = Meter()
    meter.answered("schedule add", "ok")
    meter.answered("schedule add", "ok")
    meter.answered("brief", "refused")
    meter.delivered(DeliveryState.SENT)
    await meter.loaded(LoadReport((SourceReport("a", new=3, removed=1), SourceReport("b", error="no"))))
    meter.gateway("resumed")
    meter.refused("shared")
    found = figures(meter)
    assert found["attache_interactions_total", (("command", "schedule add"), ("outcome", "ok"))] == 2
    assert found["attache_interactions_total", (("command", "brief"), ("outcome", "refused"))] == 1
    assert found["attache_deliveries_total", (("state", "sent"),)] == 1
    assert found["attache_deliveries_total", (("state", "failed"),)] == 0
    assert found["attache_loads_total", (("outcome", "ok"),)] == 1
    assert found["attache_loads_total", (("outcome", "failed"),)] == 1
    assert found["attache_articles_total", (("change", "new"),)] == 3
    assert found["attache_gateway_events_total", (("event", "resumed"),)] == 1
    assert found["attache_discord_429_total", (("scope", "shared"),)] == 1


def test_times_fall_into_buckets() -> None:
    meter = Meter()
    meter.acknowledged(0.15)
    meter.lagged(-0.001)  # a clock's grain
    found = figures(meter)
    assert found["attache_acknowledgement_seconds_bucket", (("le", "0.1"),)] == 0
    assert found["attache_acknowledgement_seconds_bucket", (("le", "0.2"),)] == 1
    assert found["attache_event_loop_lag_seconds_sum", ()] == 0


def test_two_meters_share_nothing() -> None:
    one, other = Meter(), Meter()
    one.refused("user")
    assert ("attache_discord_429_total", (("scope", "user"),)) not in figures(other)


@pytest.mark.parametrize("slowest", [0.25, float("nan")])
def test_latency_is_asked_for_when_somebody_reads(slowest: float) -> None:
    meter = Meter()
    meter.watch_latency(lambda: slowest)
    value = figures(meter)["attache_gateway_latency_seconds", ()]
    assert value == pytest.approx(slowest, nan_ok=True)
