"""The port for whoever runs the bot."""

import asyncio
import socket

import aiohttp
import pytest

from bot.errors import ConfigurationError
from bot.operation.meter import Meter
from bot.operation.server import operating


async def fine() -> str | None:
    return None


async def get(port: int | None, path: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.text()


async def test_it_answers_with_figures_and_health() -> None:
    async with operating("127.0.0.1", 0, Meter(), fine) as port:
        assert await get(port, "/healthz") == (200, "ok\n")
        assert await get(port, "/readyz") == (200, "ready\n")
        status, text = await get(port, "/metrics")
        assert status == 200
        assert 'attache_deliveries_total{state="sent"} 0.0' in text
        assert (await get(port, "/"))[0] == 404
    with pytest.raises(aiohttp.ClientConnectionError):
        await get(port, "/healthz")


async def test_who_is_not_ready_says_why_and_is_alive_all_the_same() -> None:
    async def waiting() -> str | None:
        return "gateway"

    async with operating("127.0.0.1", 0, Meter(), waiting) as port:
        assert await get(port, "/readyz") == (503, "gateway\n")
        assert (await get(port, "/healthz"))[0] == 200


async def test_a_question_that_hangs_is_not_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.operation.server._PATIENCE", 0.02)

    async def hanging() -> str | None:
        await asyncio.sleep(10)
        return None

    async with operating("127.0.0.1", 0, Meter(), hanging) as port:
        assert await get(port, "/readyz") == (503, "no answer in time\n")


async def test_without_a_port_nothing_is_opened() -> None:
    async with operating("127.0.0.1", None, Meter(), fine) as port:
        assert port is None


async def test_a_port_that_is_taken_is_named() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ConfigurationError, match=f"METRICS_PORT: 127.0.0.1:{port} can't be had"):
            async with operating("127.0.0.1", port, Meter(), fine):
                pass
