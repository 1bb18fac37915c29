"""/schedule: briefings that post themselves."""

from discord.app_commands import AppCommandChannel, Choice, Range, Transform, command, describe
from discord.ext.commands import GroupCog

from bot.presentation.discord_messages import notice_screens, notice_view
from bot.presentation.schedule_lines import schedule_lines
from bot.services.app import Services
from commands.answer_rows import Place, answer_view
from commands.answers import briefing_answered
from commands.completion import complete
from commands.replies import Interaction, show, show_all
from commands.rights import PostingChannel, for_admins, require_manage_server, require_posting

_NUMBER = "Its number, as /schedule list shows it"


@for_admins
class Schedules(GroupCog, group_name="schedule", group_description="Briefings that post themselves"):
    """Schedules, for admins."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def interaction_check(self, interaction: Interaction) -> bool:
        """For who may manage the server."""
        return require_manage_server(interaction)

    @command(description="Post a briefing at a time of day")
    @describe(
        channel="Where to post",
        time="Local time of day, such as 08:00",
        zone="Time zone, such as Europe/Kyiv: type a city",
        days="Weekdays: daily, mon-fri, or mon,wed,fri",
        topic="Only this topic",
        words="At most this many words",
    )
    async def add(  # noqa: PLR0917  # Discord passes options by name; the library wants them as parameters
        self,
        interaction: Interaction,
        channel: Transform[AppCommandChannel, PostingChannel],
        time: Range[str, 1, 20],
        zone: str,
        days: Range[str, 1, 100] = "daily",
        topic: str | None = None,
        words: Range[int, 50, 4000] | None = None,
    ) -> None:
        """Save a schedule, after a look at the bot's rights in the channel."""
        await interaction.response.defer(ephemeral=True)
        await require_posting(interaction, channel)
        view = await self._services.schedules.add(
            guild_id=guild_of(interaction),
            channel_id=channel.id,
            user_id=interaction.user.id,
            time=time,
            zone=zone,
            days=days,
            topics=(topic,) if topic else (),
            words=words,
        )
        await show(interaction, notice_view("Schedule saved", schedule_lines(view, self._services.dossier)))

    @command(name="list", description="Every schedule of this server, with its next run")
    async def list_all(self, interaction: Interaction) -> None:
        """Answer with the schedules, privately."""
        await interaction.response.defer(ephemeral=True)
        views = await self._services.schedules.list(guild_of(interaction))
        lines = [schedule_lines(view, self._services.dossier) for view in views]
        lead = "" if lines else "None yet. Add the first one with `/schedule add`."
        await show_all(interaction, notice_screens("Schedules", lines, lead=lead))

    @command(description="Stop a schedule for good")
    @describe(number=_NUMBER)
    async def remove(self, interaction: Interaction, number: Range[int, 1]) -> None:
        """Delete a schedule."""
        await interaction.response.defer(ephemeral=True)
        await self._services.schedules.remove(guild_of(interaction), number)
        await show(interaction, notice_view("Schedule removed", f"Schedule {number} posts nothing any more."))

    @command(description="See a schedule's briefing as it would be posted now")
    @describe(number=_NUMBER)
    async def preview(self, interaction: Interaction, number: Range[int, 1]) -> None:
        """Answer with the briefing, privately."""
        await interaction.response.defer(ephemeral=True)
        briefing = await self._services.schedules.preview(guild_of(interaction), number)
        dossier = self._services.dossier
        answered = briefing_answered(briefing, dossier)
        await show(interaction, await answer_view(self._services.states, dossier, answered, Place.PRIVATE))

    @add.autocomplete("zone")
    async def _zones(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete(self._services.names.zones, typed)

    @add.autocomplete("topic")
    async def _topics(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete(self._services.names.topics, typed)


def guild_of(interaction: Interaction) -> int:
    """The server an admin command was used in; the check before has seen to it that there is one."""
    assert interaction.guild_id is not None
    return interaction.guild_id
