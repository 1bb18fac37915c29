"""A small port for whoever runs the bot: figures, and whether it is alive and ready. Off unless asked for."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial

from aiohttp import web

from bot.errors import ConfigurationError
from bot.operation.meter import Meter

_log = logging.getLogger(__name__)
_TEXT = "text/plain; version=0.0.4; charset=utf-8"
_PATIENCE = 2.0  # seconds that a question for readiness may take
LAG_EVERY = 0.5

Readiness = Callable[[], Awaitable[str | None]]


@asynccontextmanager
async def operating(host: str, port: int | None, meter: Meter, not_ready: Readiness) -> AsyncIterator[int | None]:
    """Serve `/metrics`, `/healthz` and `/readyz` meanwhile; the port in use, or None where none is asked for.

    `not_ready` says what is still missing. Raises `ConfigurationError` where the port can't be had.
    """
    if port is None:
        yield None
        return
    app = web.Application()
    app.add_routes(
        [
            web.get("/metrics", partial(_metrics, meter)),
            web.get("/healthz", _healthy),
            web.get("/readyz", partial(_ready, not_ready)),
        ]
    )
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
    await runner.setup()
    watching = asyncio.create_task(_watch_loop(meter))
    try:
        try:
            await web.TCPSite(runner, host, port).start()
        except OSError as fault:
            raise ConfigurationError("METRICS_PORT", f"{host}:{port} can't be had ({fault.strerror})") from fault
        bound: int = runner.addresses[0][1]
        _log.info("figures at http://%s:%d/metrics", host, bound)
        yield bound
    finally:
        watching.cancel()
        await runner.cleanup()


async def _metrics(meter: Meter, _: web.Request) -> web.Response:
    return web.Response(body=meter.text(), headers={"Content-Type": _TEXT})


async def _healthy(_: web.Request) -> web.Response:
    """That this is answered at all says that the event loop turns."""
    return web.Response(text="ok\n")


async def _ready(not_ready: Readiness, _: web.Request) -> web.Response:
    try:
        async with asyncio.timeout(_PATIENCE):
            missing = await not_ready()
    except TimeoutError:
        missing = "no answer in time"
    return web.Response(text=f"{missing or 'ready'}\n", status=503 if missing else 200)


async def _watch_loop(meter: Meter) -> None:
    loop = asyncio.get_running_loop()
    while True:
        began = loop.time()
        await asyncio.sleep(LAG_EVERY)
        meter.lagged(loop.time() - began - LAG_EVERY)
