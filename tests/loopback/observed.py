"""The bot as it runs, with somebody at its side who notes how late its event loop is. To be run as a program."""

import asyncio
import json
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

LAGS = "lag.json"
_EVERY = 0.01  # seconds


def percentile(values: Sequence[float], share: float) -> float:
    """The value that this share of them does not exceed."""
    return sorted(values)[min(int(len(values) * share), len(values) - 1)]


async def note_lag(lags: list[float]) -> None:
    """Seconds by which each of many short naps was too long."""
    loop = asyncio.get_running_loop()
    while True:
        due_at = loop.time() + _EVERY
        await asyncio.sleep(_EVERY)
        lags.append(max(loop.time() - due_at, 0.0))


async def _run(lags: list[float]) -> int:
    from bot.roles import run_discord
    from config.settings import load_settings

    noting = asyncio.create_task(note_lag(lags))
    try:
        return await run_discord(load_settings())
    finally:
        noting.cancel()
        with suppress(asyncio.CancelledError):
            await noting


if __name__ == "__main__":
    noted: list[float] = []
    code = asyncio.run(_run(noted))
    Path(LAGS).write_text(json.dumps(noted), encoding="utf-8")
    sys.exit(code)
