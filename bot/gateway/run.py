"""The bot's life: log in, load, wake and answer until it is told to stop, then end in order."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

import discord

from bot.errors import AttacheError, ConfigurationError, DiscordUnavailableError
from bot.gateway.address import DISCORD_API_URL, use_api
from bot.gateway.alarm import AlarmClock, Deliverer
from bot.gateway.amender import DiscordAmender
from bot.gateway.client import AttacheBot
from bot.gateway.direct import DiscordMessenger
from bot.gateway.examination import log_in
from bot.gateway.languages import keep_languages
from bot.gateway.notifier import DiscordNotifier
from bot.gateway.publisher import DiscordPublisher
from bot.gateway.replying import answer_again
from bot.schedules.sharding import ALL_SHARDS, DIRECT_MESSAGES, Share
from bot.services.app import Services
from bot.services.ports import Memory
from bot.services.schedule_ports import Herald, Publisher
from commands.everything import all_commands, all_forms, all_items, all_menus

_log = logging.getLogger(__name__)
_REVOKED = (4004,)  # the token was reset, or the bot removed
_FIRST_LOAD = 30  # seconds that due briefings wait for fresh articles after a start
_FAILED = (
    "the sources could not be read",
    "what became of sources could not be told",
    "followers could not be written to",
    "posts could not be looked after",
)
_PATIENCE = timedelta(seconds=8)  # platforms kill ten seconds or more after SIGTERM


async def run_bot(
    services: Services,
    deliveries: Callable[[Publisher, Herald], Deliverer],
    *,
    memory: Memory,
    token: str,
    clock: Callable[[], datetime],
    reload: Callable[[], Awaitable[object]],
    reload_every: timedelta,
    api_url: str = DISCORD_API_URL,
    share: Share = ALL_SHARDS,
    observers: Sequence[Callable[[AttacheBot], None]] = (),
) -> None:
    """Run until SIGTERM or SIGINT, then end cleanly. Each of `observers` is shown the client before it logs in.

    `deliveries` makes the delivery service for a publisher, and for who tells admins of trouble. Raises
    `ConfigurationError` for a token that Discord does not accept and `DiscordUnavailableError` where Discord can't be
    reached at the start.
    """
    use_api(api_url)
    answer_again()
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # nobody will speak
    command_ids: dict[str, int] = {}
    bot = AttacheBot(
        cogs=all_commands(services, command_ids),
        buttons=all_items(services),
        menus=all_menus(services),
        forms=all_forms(services),
        command_ids=command_ids,
        memory=memory,
        share=share,
    )

    going_round = partial(_load_and_tell, services, reload, share)
    for observe in observers:
        observe(bot)
    services.follows.write_through(DiscordMessenger(bot, services.dossier))
    notifier = DiscordNotifier(bot)
    alarm = AlarmClock(
        deliverer=deliveries(DiscordPublisher(bot, services.dossier, services.states), notifier),
        reload=going_round,
        reload_every=reload_every,
        clock=clock,
    )
    services.schedules.subscribe(alarm.poke)
    services.source_news.speak_through(notifier)
    keep_languages(bot, services.source_news.learn_languages)
    services.corrections.amending.write_through(DiscordAmender(bot, services.dossier))
    await _live_until_stopped(bot, _Life(bot, alarm, going_round, token, api_url))


async def _load_and_tell(services: Services, reload: Callable[[], Awaitable[object]], share: Share) -> None:
    """Read what changed; then one process, where direct messages go, tells of it and looks after posts.

    Where one of these goes wrong the others are done all the same: what one source did must not silence the rest.
    """
    steps: list[Callable[[], Awaitable[object]]] = [reload]
    if share.is_own(DIRECT_MESSAGES):
        amending = services.corrections.amending
        steps += [services.source_news.tell_left, services.follows.tell, amending.look_for_revisions]
    for step, failed in zip(steps, _FAILED, strict=False):
        try:
            await step()
        except AttacheError as fault:
            _log.error("%s: %s; it is tried again with the next round", failed, fault)
        except Exception:
            _log.exception("%s; it is tried again with the next round", failed)


class _Life:
    """What happens between start and stop."""

    def __init__(
        self, bot: AttacheBot, alarm: AlarmClock, reload: Callable[[], Awaitable[object]], token: str, api_url: str
    ) -> None:
        self._bot = bot
        self._alarm = alarm
        self._reload = reload
        self._token = token
        self._api_url = api_url

    async def live(self) -> None:
        """Log in, then answer; load and wake at the side."""
        await log_in(self._bot, self._token, self._api_url)
        waking = asyncio.create_task(self._load_and_wake())
        try:
            await self._connected()
        except discord.PrivilegedIntentsRequired as fault:
            raise ConfigurationError("DISCORD_TOKEN", str(fault)) from None
        except discord.ConnectionClosed as fault:  # for good: the library resumes what can be
            if fault.code in _REVOKED:
                raise _not_any_more() from None
            raise DiscordUnavailableError(self._api_url, f"the gateway closed for good ({fault.code})") from fault
        finally:
            waking.cancel()
            await asyncio.wait((waking,))

    async def _connected(self) -> None:
        """Be connected until the client is closed, or Discord refuses the token, by the gateway or over HTTP."""
        connected = asyncio.create_task(self._bot.connect())
        refused = asyncio.create_task(self._bot.token_refused.wait())
        try:
            await asyncio.wait((connected, refused), return_when=asyncio.FIRST_COMPLETED)
            if not connected.done():
                raise _not_any_more()
            await connected
        finally:
            connected.cancel()
            refused.cancel()

    async def end(self) -> None:
        """Let posts and answers in hand end, take no new ones."""
        await asyncio.gather(self._alarm.stop(_PATIENCE), self._bot.drain(_PATIENCE.total_seconds()))

    async def _load_and_wake(self) -> None:
        """Briefings that fell due while we were away should know the news of that time, if it comes soon."""
        loading = asyncio.ensure_future(self._reload())
        try:
            await asyncio.wait([loading], timeout=_FIRST_LOAD)
            self._alarm.start()
            await loading
        except asyncio.CancelledError:
            loading.cancel()
            raise


def _not_any_more() -> ConfigurationError:
    return ConfigurationError("DISCORD_TOKEN", "Discord does not accept it any more")


async def _live_until_stopped(bot: AttacheBot, life: _Life) -> None:
    with _stop_signals() as stop:
        async with bot:
            living = asyncio.create_task(life.live())
            stopping = asyncio.create_task(stop.wait())
            await asyncio.wait((living, stopping), return_when=asyncio.FIRST_COMPLETED)
            if stopping.done():
                _log.info("stopping")
            await life.end()
            stopping.cancel()
        # The client is closed; a connection still in the making must not outlive it.
        if not living.done():
            living.cancel()
            await asyncio.wait((living,), timeout=1)
            return
    living.result()


@contextlib.contextmanager
def _stop_signals() -> Iterator[asyncio.Event]:
    """An event that SIGTERM and SIGINT set. Where the platform knows no such handlers, Ctrl+C interrupts as usual."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    signals = (signal.SIGTERM, signal.SIGINT)
    with contextlib.suppress(NotImplementedError):
        for one in signals:
            loop.add_signal_handler(one, stop.set)
    try:
        yield stop
    finally:
        with contextlib.suppress(NotImplementedError):
            for one in signals:
                loop.remove_signal_handler(one)
