"""What a process is: the bot on Discord, a loader, or an examination."""

import asyncio
import gc
import os
import socket
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from bot.operation.logs import set_up_logs
from bot.operation.meter import Meter
from bot.operation.metered import MeteredDeliveries
from bot.operation.server import operating
from bot.running import end
from bot.schedules.due import LEASE
from bot.schedules.sharding import parse_shards
from bot.services.delivery import ATTEMPT, DeliveryLimits, DeliveryService
from bot.services.duty import LoadDuty, keep_loading
from bot.services.results import Check
from bot.services.schedule_ports import Herald, Publisher
from bot.services.troubles import TroubleDesk
from bot.storage.database import open_database
from bot.storage.turns import SqlTurn
from bot.wiring import App, now, open_app
from config.settings import Settings

_COLLECT_AFTER = (20_000, 10, 20)  # new objects, and rounds of the younger generation
_LOOK_EVERY = 15.0  # seconds between looks whether another process has loaded


async def run_discord(settings: Settings, *, articles: Sequence[Path] = ()) -> int:
    """Run the bot until it is told to stop; 0 at a clean end. The token must be set.

    Raises `ConfigurationError`, `StorageError` or `DiscordUnavailableError`.
    """
    from bot.gateway.auditing import keep_audit  # noqa: PLC0415
    from bot.gateway.measuring import measure  # noqa: PLC0415  # half a second that only the bot should pay
    from bot.gateway.pulse import Pulse  # noqa: PLC0415
    from bot.gateway.run import run_bot  # noqa: PLC0415

    assert settings.discord_token is not None
    set_up_logs(settings.log_level, settings.log_format)
    outer = asyncio.all_tasks()
    app = await open_app(settings, articles=articles)
    spare_the_collector()
    meter, pulse = Meter(), Pulse(app.database.memory)
    app.services.sources.subscribe(meter.loaded)
    stop = asyncio.Event()
    following = asyncio.create_task(app.news.follow(_LOOK_EVERY, stop))
    try:
        async with operating(settings.metrics_host, settings.metrics_port, meter, pulse.missing):
            await run_bot(
                app.services,
                lambda publisher, herald: _deliveries(app, publisher, herald, meter),
                memory=app.database.memory,
                token=settings.discord_token.get_secret_value(),
                clock=now,
                reload=load_duty(app, timedelta(minutes=settings.reload_minutes)).take_round,
                reload_every=timedelta(minutes=settings.reload_minutes),
                share=parse_shards(settings.shard_ids, settings.shard_count),
                api_url=settings.discord_api_url,
                observers=(
                    lambda bot: measure(bot, meter),
                    lambda bot: keep_audit(bot, app.services.audit),
                    pulse.watch,
                ),
            )
    finally:
        stop.set()
        await asyncio.wait((following,), timeout=1)
        await app.services.sources.close()
        await end(asyncio.all_tasks() - outer)  # nothing may use the database once it is closed
        await app.close()
    return 0


def _deliveries(app: App, publisher: Publisher, herald: Herald, meter: Meter) -> DeliveryService:
    database = app.database
    return DeliveryService(
        schedules=database.schedules,
        deliveries=MeteredDeliveries(database.engine, meter),
        publisher=publisher,
        brief=app.services.briefs.brief,
        clock=now,
        worker=f"{socket.gethostname()}:{os.getpid()}",
        limits=_limits(app.settings),
        newsroom=app.services.newsroom,
        troubles=TroubleDesk(
            troubles=database.troubles,
            schedules=database.schedules,
            deliveries=database.deliveries,
            guilds=database.guilds,
            herald=herald,
        ),
    )


def spare_the_collector() -> None:
    """What is there after the start stays: each full collection of garbage holds everything up, and need not see it.

    What an answer is made of is freed without the collector, which took a quarter of the time of a briefing to find
    that there was nothing for it: it looks less often.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECT_AFTER)


def _limits(settings: Settings) -> DeliveryLimits:
    lease = timedelta(seconds=settings.lease_seconds)
    return DeliveryLimits(
        timedelta(minutes=settings.grace_minutes),
        lease,
        attempt=lease * (ATTEMPT / LEASE),
        share=parse_shards(settings.shard_ids, settings.shard_count),
    )


async def run_loader(settings: Settings, every: timedelta) -> int:
    """Read the sources every so often until a signal cancels it, so that bots need not."""
    set_up_logs(settings.log_level, settings.log_format)
    app = await open_app(settings)
    meter = Meter()
    app.services.sources.subscribe(meter.loaded)

    async def missing() -> str | None:
        return None if await app.database.is_there() else "database"

    try:
        async with operating(settings.metrics_host, settings.metrics_port, meter, missing):
            await keep_loading(load_duty(app, every, is_loader=True), every)
    finally:
        await app.close()
    return 0


def load_duty(app: App, every: timedelta, *, is_loader: bool = False) -> LoadDuty:
    """The rounds of this process, in step with those of others at the database."""
    return LoadDuty(
        app.services.sources.reload_due,
        memory=app.database.memory,
        states=app.database.source_states,
        turn=SqlTurn(app.database.engine),
        clock=now,
        every=every,
        is_loader=is_loader,
    )


async def examine_discord(settings: Settings) -> tuple[Check, ...]:
    """What `doctor` finds at Discord, the channels of all active schedules included. The token must be set."""
    from bot.gateway import examination  # noqa: PLC0415  # half a second that only the bot should pay

    assert settings.discord_token is not None
    database = await open_database(settings.database_url)
    try:
        schedules = tuple(schedule for schedule in await database.schedules.active() if schedule.has_channel)
    finally:
        await database.close()
    token = settings.discord_token.get_secret_value()
    return await examination.examine_discord(token, settings.discord_api_url, schedules)
