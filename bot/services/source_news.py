"""Servers are told when a source of theirs is paused because it failed for long, and when it is read again."""

import logging
from collections.abc import Mapping, Sequence

from bot.catalogues import speaking, tr
from bot.dossier import Source
from bot.errors import AttacheError
from bot.reasons import reason_words
from bot.services.health import Turn, turn_of
from bot.services.ports import OPERATOR, SourceState
from bot.services.source_ports import Guilds, Notifier

LOG = logging.getLogger(__name__)


class SourceNews:
    """Tells the log channels. Without a notifier, in a console say, the states themselves must do."""

    def __init__(self, guilds: Guilds) -> None:
        self._guilds = guilds
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
        turned = [(source, turn) for source in sources if (turn := _turn(source, before, after)) is not None]
        if not turned:
            return
        for source, turn in turned:
            LOG.warning("source %s: %s", source.name, turn.value)
        if self._notifier is None:
            return
        for guild_id, channel_id in (await self._guilds.log_channels()).items():
            own = [(one, turn) for one, turn in turned if owners.get(one.id, OPERATOR) in (OPERATOR, guild_id)]
            if not own:
                continue
            with speaking(self._notifier.language_of(guild_id)):
                lines = [_line(one, turn, after[one.id]) for one, turn in own]
                try:
                    await self._notifier.tell(channel_id, tr("Sources"), lines)
                except AttacheError as error:
                    LOG.warning("log channel %s can't be told: %s", channel_id, error)


def _turn(source: Source, before: Mapping[str, SourceState], after: Mapping[str, SourceState]) -> Turn | None:
    return turn_of(before.get(source.id), after[source.id]) if source.id in after else None


def _line(source: Source, turn: Turn, state: SourceState) -> str:
    if turn is Turn.RESUMED:
        return tr("{source} can be read again. It is back in every round.", source=source.name)
    reason = (
        f"{reason_words(state.status)}: {reason_words(state.reason)}" if state.reason else reason_words(state.status)
    )
    paused = tr(
        "{source} is paused. It could not be read since {day} ({reason}).",
        source=source.name,
        day=f"{state.failing_since:%Y-%m-%d}" if state.failing_since else "?",
        reason=reason,
    )
    return f"{paused} {tr('It is tried again once a day and comes back by itself; what it brought stays.')}"
