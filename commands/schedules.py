"""/schedule: briefings that post themselves."""

import re
from typing import Any

import discord
from discord import Role
from discord.app_commands import AppCommandChannel, Choice, Range, Transform, choices, command, describe, rename
from discord.ext.commands import GroupCog

from bot.catalogues import speaking, tr
from bot.presentation.discord_messages import notice_screens, notice_view
from bot.presentation.escaping import escape
from bot.presentation.schedule_lines import choice_label, delivery_line, schedule_lines
from bot.schedules.model import PLAIN, Schedule, WhenNothingNew
from bot.schedules.posting import fit_posting
from bot.services.app import Services
from bot.services.names import MOST, folded
from bot.services.results import Delivered
from commands.answer_rows import Place, answer_view
from commands.answers import briefing_answered
from commands.completion import complete, complete_last, found_in_time
from commands.languages import guild_language
from commands.pressing import PressedItem, answering
from commands.replies import Interaction, show, show_all
from commands.rights import (
    BriefingChannel,
    for_admins,
    kind_of,
    require_manage_server,
    require_posting,
    require_posting_in,
)
from commands.schedule_options import CHOICES, DESCRIBED, RENAMED, names_in, wish_of

_NUMBER = "Its number: type a channel, a time or a topic"
_REMOVE = re.compile(r"schedule:(?P<act>remove|stay):(?P<number>\d{1,9})")
Number = Range[int, 1, 2**31 - 1]
Channel = Transform[AppCommandChannel, BriefingChannel]
List = Range[str, 1, 300]


@for_admins
class Schedules(GroupCog, group_name="schedule", group_description="Briefings that post themselves"):
    """Schedules, for admins."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def interaction_check(self, interaction: Interaction) -> bool:
        """For who may manage the server."""
        return require_manage_server(interaction)

    @command(description="Post what is new at a time of day")
    @describe(**DESCRIBED)
    @rename(**RENAMED)
    @choices(**CHOICES)
    async def add(  # noqa: PLR0917  # Discord passes options by name; the library wants them as parameters
        self,
        interaction: Interaction,
        channel: Channel,
        time: Range[str, 1, 20],
        zone: str,
        days: Range[str, 1, 100] = "daily",
        topics: List | None = None,
        actors: List | None = None,
        length: Range[int, 50, 4000] | None = None,
        ping_role: Role | None = None,
        thread: str | None = None,
        publish: str | None = None,
        silent: bool | None = None,
        when_nothing_new: str | None = None,
        language: str | None = None,
    ) -> None:
        """Save a schedule, after a look at the bot's rights in the channel."""
        await interaction.response.defer(ephemeral=True)
        wish = wish_of(ping_role, thread, publish, silent, when_nothing_new, language or guild_language(interaction))
        kind = kind_of(channel.type)
        await require_posting(interaction, channel, fit_posting(PLAIN, wish, kind, is_new=True))
        view = await self._services.schedules.add(
            guild_id=guild_of(interaction),
            channel_id=channel.id,
            user_id=interaction.user.id,
            time=time,
            zone=zone,
            days=days,
            topics=names_in(topics) or (),
            actors=names_in(actors) or (),
            words=length,
            wish=wish,
            kind=kind,
        )
        await show(interaction, notice_view(tr("Schedule saved"), schedule_lines(view, self._services.dossier)))

    @command(description="Change what you give, and leave the rest as it is")
    @describe(number=_NUMBER, **DESCRIBED)
    @rename(**RENAMED)
    @choices(**CHOICES)
    async def edit(  # noqa: PLR0917  # see above
        self,
        interaction: Interaction,
        number: Number,
        channel: Channel | None = None,
        time: Range[str, 1, 20] | None = None,
        zone: str | None = None,
        days: Range[str, 1, 100] | None = None,
        topics: List | None = None,
        actors: List | None = None,
        length: Range[int, 0, 4000] | None = None,
        ping_role: Role | None = None,
        thread: str | None = None,
        publish: str | None = None,
        silent: bool | None = None,
        when_nothing_new: str | None = None,
        language: str | None = None,
    ) -> None:
        """Change a schedule, after a look at the bot's rights where it will post."""
        await interaction.response.defer(ephemeral=True)
        schedules, guild_id = self._services.schedules, guild_of(interaction)
        wish = wish_of(ping_role, thread, publish, silent, when_nothing_new, language)
        old = await schedules.find(guild_id, number)
        if channel is not None:
            kind = kind_of(channel.type)
            await require_posting(interaction, channel, fit_posting(old.posting, wish, kind))
        else:
            kind = await require_posting_in(interaction, old.channel_id, old.posting, wish)
        view = await schedules.edit(
            guild_id,
            number,
            channel_id=channel.id if channel else None,
            time=time,
            zone=zone,
            days=days,
            topics=names_in(topics),
            actors=names_in(actors),
            words=length,
            wish=wish,
            kind=kind,
        )
        lines = schedule_lines(view, self._services.dossier)
        if view.schedule == old:
            hint = tr("It is as it was. Give what should be different, such as `time: 08:30`.")
            await show(interaction, notice_view(tr("Nothing was changed."), lines, hint))
            return
        await show(interaction, notice_view(tr("Schedule changed"), lines))

    @command(name="list", description="Every schedule of this server, with its next run and its last outcome")
    async def list_all(self, interaction: Interaction) -> None:
        """Answer with the schedules, privately."""
        await interaction.response.defer(ephemeral=True)
        views = await self._services.schedules.list(guild_of(interaction))
        lines = [schedule_lines(view, self._services.dossier) for view in views]
        lead = "" if lines else tr("None yet. Add the first one with `/schedule add`.")
        await show_all(interaction, notice_screens(tr("Schedules"), lines, lead=lead))

    @command(description="Stop a schedule for good")
    @describe(number=_NUMBER)
    async def remove(self, interaction: Interaction, number: Number) -> None:
        """Ask before it is deleted."""
        await interaction.response.defer(ephemeral=True)
        schedule = await self._services.schedules.find(guild_of(interaction), number)
        name = escape(choice_label(schedule, self._services.dossier, _channel_name(interaction, schedule)))
        asked = notice_view(tr("Remove this schedule?"), name, tr("Nothing happens unless you choose."))
        await show(interaction, asked.add_item(discord.ui.ActionRow(*_removal(number))))

    @command(description="Post nothing for a schedule until it is resumed")
    @describe(number=_NUMBER)
    async def pause(self, interaction: Interaction, number: Number) -> None:
        """Pause it."""
        await interaction.response.defer(ephemeral=True)
        await self._services.schedules.pause(guild_of(interaction), number)
        words = tr("No. {number} posts nothing until `/schedule resume`.", number=number)
        await show(interaction, notice_view(tr("Schedule paused"), words))

    @command(description="Go on with a paused schedule")
    @describe(number=_NUMBER)
    async def resume(self, interaction: Interaction, number: Number) -> None:
        """Resume it, after a look at the bot's rights."""
        await interaction.response.defer(ephemeral=True)
        schedules, guild_id = self._services.schedules, guild_of(interaction)
        schedule = await schedules.find(guild_id, number)
        await require_posting_in(interaction, schedule.channel_id, schedule.posting)
        await schedules.resume(guild_id, number)
        (view,) = [one for one in await schedules.list(guild_id) if one.schedule.id == number]
        await show(interaction, notice_view(tr("Schedule resumed"), schedule_lines(view, self._services.dossier)))

    @command(description="See a schedule's briefing as it would be posted now")
    @describe(number=_NUMBER)
    async def preview(self, interaction: Interaction, number: Number) -> None:
        """Answer with the briefing, privately, in the language it is posted in."""
        await interaction.response.defer(ephemeral=True)
        preview = await self._services.schedules.preview(guild_of(interaction), number)
        posting, dossier = preview.schedule.posting, self._services.dossier
        if not preview.briefing.items and posting.when_nothing_new is WhenNothingNew.SKIP:
            words = tr("There is nothing new for this channel. A post due now would be skipped.")
            await show(interaction, notice_view(tr("Nothing new"), words))
            return
        with speaking(posting.language):
            answered = briefing_answered(preview.briefing, dossier)
            role = f"<@&{posting.ping_role_id}>" if posting.ping_role_id and preview.briefing.items else None
            view = await answer_view(self._services.states, dossier, answered, Place.PRIVATE, note=role)
        await show(interaction, view)

    @command(description="Post a schedule's briefing now, besides its times")
    @describe(number=_NUMBER)
    async def run(self, interaction: Interaction, number: Number) -> None:
        """Have it posted, and say how that ended."""
        await interaction.response.defer(ephemeral=True)
        schedules, guild_id = self._services.schedules, guild_of(interaction)
        schedule = await schedules.find(guild_id, number)
        await require_posting_in(interaction, schedule.channel_id, schedule.posting)
        asked = await schedules.run(guild_id, number)
        ended = await schedules.outcome(asked)
        words = delivery_line(Delivered(schedule, ended)) if ended else tr("The schedule was removed meanwhile.")
        if ended and ended.finished_at is None:
            words += "\n" + tr("It takes longer than usual; `/schedule log` will tell how it ended.")
        await show(interaction, notice_view(tr("Posting now"), words))

    @command(description="What became of the last posts")
    @describe(number=_NUMBER)
    async def log(self, interaction: Interaction, number: Number | None = None) -> None:
        """Answer with the delivery log, privately."""
        await interaction.response.defer(ephemeral=True)
        found = await self._services.schedules.log(guild_of(interaction), number)
        lead = "" if found else tr("Nothing was due yet.")
        await show_all(interaction, notice_screens(tr("Delivery log"), [*map(delivery_line, found)], lead=lead))

    @add.autocomplete("zone")
    @edit.autocomplete("zone")
    async def _zones(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete(self._services.names.zones, typed)

    @add.autocomplete("topics")
    @edit.autocomplete("topics")
    async def _topics(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete_last(self._services.names.topics, typed)

    @add.autocomplete("actors")
    @edit.autocomplete("actors")
    async def _actors(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete_last(self._services.names.dossier_actors, typed)

    @edit.autocomplete("number")
    @remove.autocomplete("number")
    @pause.autocomplete("number")
    @resume.autocomplete("number")
    @preview.autocomplete("number")
    @run.autocomplete("number")
    @log.autocomplete("number")
    async def _numbers(self, interaction: Interaction, typed: str) -> list[Choice[int]]:
        return await complete_numbers(self._services, interaction, typed)


def removal_button(services: Services) -> type[PressedItem]:
    """What answers the question whether a schedule is to go."""

    async def press(interaction: Interaction, match: re.Match[str], _: discord.ui.Item[Any]) -> None:
        require_manage_server(interaction)
        await interaction.response.defer()
        number = int(match["number"])
        if match["act"] == "stay":
            await show(interaction, notice_view(tr("Schedule kept"), tr("Nothing was changed.")))
            return
        await services.schedules.remove(guild_of(interaction), number)
        words = tr("No. {number} posts nothing any more.", number=number)
        await show(interaction, notice_view(tr("Schedule removed"), words))

    return answering(_REMOVE, press)


async def complete_numbers(services: Services, interaction: Interaction, typed: str) -> list[Choice[int]]:
    """The server's schedules that fit what is typed, by number, channel, time, zone or topic."""
    if interaction.guild_id is None or not interaction.permissions.manage_guild:
        return []
    views = await found_in_time(services.schedules.list(interaction.guild_id))
    labels = {
        view.schedule.id: choice_label(view.schedule, services.dossier, _channel_name(interaction, view.schedule))
        for view in views
    }
    wanted = folded(typed)
    fitting = [number for number, label in labels.items() if wanted in folded(label)]
    return [Choice(name=labels[number], value=number) for number in fitting[:MOST]]


def guild_of(interaction: Interaction) -> int:
    """The server an admin command was used in; the check before has seen to it that there is one."""
    assert interaction.guild_id is not None
    return interaction.guild_id


def _removal(number: int) -> tuple[discord.ui.Button[Any], discord.ui.Button[Any]]:
    remove: discord.ui.Button[Any] = discord.ui.Button(
        label=tr("Remove"), style=discord.ButtonStyle.danger, custom_id=f"schedule:remove:{number}"
    )
    keep: discord.ui.Button[Any] = discord.ui.Button(label=tr("Keep"), custom_id=f"schedule:stay:{number}")
    return remove, keep


def _channel_name(interaction: Interaction, schedule: Schedule) -> str | None:
    channel = interaction.guild.get_channel(schedule.channel_id) if interaction.guild else None
    return channel.name if channel else None
