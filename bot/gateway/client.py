"""The Discord client: default intents, slash commands only, nobody mentioned, one place for errors."""

import asyncio
import logging
from collections.abc import Iterable, MutableMapping
from typing import Any

import discord
from discord import app_commands
from discord.ext import commands as ext

from bot.errors import AttacheError
from bot.gateway.address import use_gateway_of_api
from bot.gateway.commands_sync import Registration, keep_registering, register_commands
from bot.gateway.greeting import greet
from bot.gateway.parsing import outlive_events
from bot.gateway.traffic import RATE, Pacer, direct
from bot.gateway.translator import CatalogueTranslator
from bot.schedules.sharding import ALL_SHARDS, Share
from bot.services.ports import Memory
from commands.faults import answer_error
from commands.heavy import Pace
from commands.languages import listen_to
from commands.modals import Form, take_form
from commands.outcomes import Outcome, ended
from commands.pressing import answer_stranger

_log = logging.getLogger(__name__)
_ANSWERED = (
    discord.InteractionType.application_command,
    discord.InteractionType.component,
    discord.InteractionType.modal_submit,
)
_GIVEN_UP = 60.0  # seconds: who waits longer for an answer does not hold up the end


class AttacheTree(app_commands.CommandTree["AttacheBot"]):
    """The only error handler there is: with one in a cog as well, both would answer."""

    async def interaction_check(self, interaction: discord.Interaction[Any], /) -> bool:
        """Refuses nobody; hears in which language to answer, before anything is said."""
        listen_to(interaction)
        return True

    async def on_error(self, interaction: discord.Interaction[Any], error: app_commands.AppCommandError, /) -> None:
        """Give an answer to whoever asked."""
        await answer_error(interaction, error)

    async def _call(self, interaction: discord.Interaction[Any]) -> None:
        """As the library does; what surprises it (an interaction without what it says it has) is answered too."""
        try:
            await super()._call(interaction)
        except app_commands.AppCommandError:
            raise
        except Exception as fault:
            await answer_error(interaction, fault)


class AttacheBot(ext.AutoShardedBot):
    """Sharded as Discord advises. Everything it can do is handed to it; it knows no service."""

    def __init__(
        self,
        *,
        cogs: Iterable[ext.Cog],
        buttons: Iterable[type[discord.ui.DynamicItem[Any]]],
        command_ids: MutableMapping[str, int],
        memory: Memory,
        menus: Iterable[app_commands.ContextMenu] = (),
        forms: Iterable[Form] = (),
        share: Share = ALL_SHARDS,
    ) -> None:
        pacer = Pacer(RATE * share.part)  # the global limit is one for all processes
        ids: Any = sorted(share.ids) if share.ids is not None else None  # the library says list, and takes None
        super().__init__(
            command_prefix=ext.when_mentioned,  # the library wants one; `on_message` sees to it that none is obeyed
            help_command=None,
            tree_cls=AttacheTree,
            intents=discord.Intents.default(),
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
            max_messages=None,
            http_trace=pacer.trace(),
            shard_ids=ids,
            shard_count=share.count if share.count > 1 or ids else None,
        )
        self.token_refused = asyncio.Event()  # in mid-life: it was reset, or the application is no more
        direct(self, pacer, self.token_refused.set)
        outlive_events(self)
        self._given_cogs = tuple(cogs)
        self._given_buttons = tuple(buttons)
        self._given_menus = tuple(menus)
        self._given_forms = tuple(forms)
        self._command_ids = command_ids
        self._memory = memory
        self._registering: asyncio.Task[None] | None = None
        self.pace = Pace()
        # Interactions in hand: what is set when one is answered, and since when it is here.
        self._answering: dict[int, tuple[asyncio.Event, float]] = {}

    async def setup_hook(self) -> None:
        """Add what was given and register it: once a start, before the gateway, never on ready (that may repeat)."""
        await use_gateway_of_api(self)
        for cog in self._given_cogs:
            await self.add_cog(cog)
        for menu in self._given_menus:
            self.tree.add_command(menu)
        await self.tree.set_translator(CatalogueTranslator())
        self.add_dynamic_items(*self._given_buttons)
        known = self.tree, self._memory, self._command_ids
        if await register_commands(*known) is Registration.FAILED:
            self._registering = asyncio.create_task(keep_registering(*known))

    async def close(self) -> None:
        """End what goes on at the side too."""
        if self._registering is not None:
            self._registering.cancel()
        await super().close()

    async def on_ready(self) -> None:
        """Say so; it may come more than once."""
        _log.info("ready as %s in %d servers", self.user, len(self.guilds))

    async def on_interaction(self, interaction: discord.Interaction[Any], /) -> None:
        """Take forms that were sent in, and answer presses that nobody knows; everything else is the library's."""
        if interaction.type in _ANSWERED:
            self._answering[interaction.id] = asyncio.Event(), self.loop.time()
        await take_form(interaction, self._given_forms)
        await answer_stranger(interaction, self._given_buttons)

    async def on_app_command_completion(self, interaction: discord.Interaction[Any], _: object, /) -> None:
        """A command came to its end."""
        ended(interaction, Outcome.OK)

    async def on_outcome(self, interaction: discord.Interaction[Any], _: Outcome, /) -> None:
        """It was answered."""
        if (known := self._answering.pop(interaction.id, None)) is not None:
            known[0].set()

    async def drain(self, patience: float) -> None:
        """Let answers in hand be given, for at most so many seconds: nobody should be left with "thinking"."""
        now = self.loop.time()
        waited_for = [done for done, since in self._answering.values() if now - since < _GIVEN_UP]
        if waited_for:
            await asyncio.wait([asyncio.ensure_future(done.wait()) for done in waited_for], timeout=patience)

    async def on_guild_join(self, guild: discord.Guild, /) -> None:
        """Say where to begin, once."""
        try:
            await greet(guild, self._memory, self._command_ids)
        except AttacheError as fault:
            _log.warning("server %s: whether it was greeted can't be looked up: %s", guild.id, fault)

    async def on_message(self, message: discord.Message, /) -> None:
        """Nothing is read from messages."""
