"""Servers are told when a source of theirs is paused because it failed for long, and when it is read again."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter

from bot.catalogues import speaking, tr
from bot.dossier import Source
from bot.errors import AttacheError
from bot.reasons import reason_words
from bot.services.health import Turn, turn_of
from bot.services.ports import OPERATOR, Memory, SourceState
from bot.services.source_ports import Guilds, Notifier

LOG = logging.getLogger(__name__)
MOST_LEFT = 100  # pieces of news that wait for a bot
_LEFT, _TOLD = "source-news", "source-news.told"


@dataclass(frozen=True, slots=True)
class _Item:
    """What turned with a source of a guild. `number` grows from one that is left for a bot to the next."""

    number: int
    name: str
    owner: int
    turn: Turn
    status: str
    reason: str | None
    failing_since: datetime | None


_ITEMS = TypeAdapter(tuple[_Item, ...])


class SourceNews:
    """Tells the log channels. A process without a notifier, such as a loader, leaves the news for one that has one.

    Who loads writes what is left, who tells writes how far it has told: neither overwrites what the other does.
    """

    def __init__(self, guilds: Guilds, memory: Memory) -> None:
        self._guilds = guilds
        self._memory = memory
        self._notifier: Notifier | None = None

    def speak_through(self, notifier: Notifier) -> None:
        """Tell it to servers from now on."""
        self._notifier = notifier

    async def log_channel(self, guild_id: int) -> int | None:
        """The channel that a server has set, if any."""
        return (await self._guilds.log_channels()).get(guild_id)

    async def set_log_channel(self, guild_id: int, channel_id: int | None) -> None:
        """Tell a server's news in this channel; None: nowhere."""
        await self._guilds.set_log_channel(guild_id, channel_id)

    async def learn_languages(self, heard: Mapping[int, str]) -> None:
        """Servers are told in these languages from now on, by any process: tags such as "uk" by guild."""
        await self._guilds.learn_languages(heard)

    async def tell(
        self,
        sources: Sequence[Source],
        owners: Mapping[str, int],
        before: Mapping[str, SourceState],
        after: Mapping[str, SourceState],
    ) -> None:
        """Say what turned in a round: to the server that added a source, of the operator's to all.

        `owners` are guilds by source id. A channel that can't be reached costs nobody else the news.
        """
        turned = [
            _item(source, owners.get(source.id, OPERATOR), turn, after[source.id])
            for source in sources
            if (turn := _turn(source, before, after)) is not None
        ]
        if not turned:
            return
        for one in turned:
            LOG.warning("source %s: %s", one.name, one.turn.value)
        if self._notifier is None:
            await self._leave(turned)
        else:
            await self._say(self._notifier, turned)

    async def tell_left(self) -> int:
        """Tell, once, what other processes have left to tell; how much that was. For one process at a time."""
        if self._notifier is None:
            return 0
        told = int(await self._memory.get(_TOLD) or 0)
        new = [one for one in _items(await self._memory.get(_LEFT)) if one.number > told]
        if new:
            await self._memory.put(_TOLD, str(new[-1].number))
            await self._say(self._notifier, new)
        return len(new)

    async def _leave(self, items: Sequence[_Item]) -> None:
        def add(words: str | None) -> str:
            left = _items(words)
            first = left[-1].number + 1 if left else 1
            numbered = [replace(one, number=number) for number, one in enumerate(items, start=first)]
            return _ITEMS.dump_json((*left, *numbered)[-MOST_LEFT:]).decode()

        await self._memory.change(_LEFT, add)

    async def _say(self, notifier: Notifier, items: Sequence[_Item]) -> None:
        languages = await self._guilds.languages()  # stored: servers of other processes are told too
        for guild_id, channel_id in (await self._guilds.log_channels()).items():
            own = [one for one in items if one.owner in (OPERATOR, guild_id)]
            if not own:
                continue
            with speaking(languages.get(guild_id)):
                try:
                    await notifier.tell(channel_id, tr("Sources"), [_line(one) for one in own])
                except AttacheError as error:
                    LOG.warning("log channel %s can't be told: %s", channel_id, error)


def _items(words: str | None) -> tuple[_Item, ...]:
    return _ITEMS.validate_json(words) if words else ()


def _turn(source: Source, before: Mapping[str, SourceState], after: Mapping[str, SourceState]) -> Turn | None:
    return turn_of(before.get(source.id), after[source.id]) if source.id in after else None


def _item(source: Source, owner: int, turn: Turn, state: SourceState) -> _Item:
    return _Item(0, source.name, owner, turn, state.status, state.reason, state.failing_since)


def _line(one: _Item) -> str:
    if one.turn is Turn.RESUMED:
        return tr("{source} can be read again. It is back in every round.", source=one.name)
    reason = f"{reason_words(one.status)}: {reason_words(one.reason)}" if one.reason else reason_words(one.status)
    paused = tr(
        "{source} is paused. It could not be read since {day} ({reason}).",
        source=one.name,
        day=f"{one.failing_since:%Y-%m-%d}" if one.failing_since else "?",
        reason=reason,
    )
    return f"{paused} {tr('It is tried again once a day and comes back by itself; what it brought stays.')}"
