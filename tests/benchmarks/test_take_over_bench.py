"""Two bots and a loader at one PostgreSQL, one bot killed in the middle of 2,000 deliveries.

Run with `pytest tests/benchmarks/test_take_over_bench.py -n 0 --benchmark-only`; the ordinary suite does the same
with 80.
"""

import asyncio
from pathlib import Path

from pytest_benchmark.fixture import BenchmarkFixture

from tests.gateway.test_scale_out import take_over
from tests.postgres import postgres_server, postgres_url  # noqa: F401 - fixtures

SCHEDULES, KILLED_AFTER = 2000, 500


def test_two_thousand_deliveries_survive_a_kill(
    benchmark: BenchmarkFixture,
    tmp_path: Path,
    postgres_url: str,  # noqa: F811 - the fixture
) -> None:
    taken_over: int = benchmark.pedantic(  # type: ignore[no-untyped-call]  # the plug-in does not annotate it
        lambda: asyncio.run(take_over(tmp_path, postgres_url, SCHEDULES, KILLED_AFTER, 400)), rounds=1
    )
    assert SCHEDULES // 2 - KILLED_AFTER <= taken_over <= SCHEDULES // 2
    benchmark.extra_info["posts taken over"] = taken_over
