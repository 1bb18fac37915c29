"""/compare, /quotes, /timeline and /shifts: single statements, each with its source."""

from discord.app_commands import Choice, Range, command, describe
from discord.ext.commands import Cog

from bot.services.app import Services
from bot.services.results import CompareRequest, QuotesRequest, ShiftsRequest, TimelineRequest
from commands.answering import give
from commands.completion import complete
from commands.heavy import at_leisure
from commands.replies import Interaction
from commands.rights import PRIVATE, for_everybody

_WHO = "A person, state or organisation"
_TOPIC = "Only this topic"
Name = Range[str, 1, 100]


class Evidence(Cog):
    """Statements on request."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @command(description="Two side by side: where they agree, and where they differ")
    @describe(first=_WHO, second="Another one", topic=_TOPIC, private=PRIVATE)
    @for_everybody
    @at_leisure
    async def compare(
        self,
        interaction: Interaction,
        first: Name,
        second: Name,
        topic: Name | None = None,
        private: bool = False,
    ) -> None:
        """Answer with both positions on each topic."""
        await give(
            self._services, interaction, CompareRequest(first, second, topic, interaction.guild_id), private=private
        )

    @command(description="What stands in quotation marks: somebody's words, or everybody's with certain words")
    @describe(actor=_WHO, text="Words that stand in the quote", topic=_TOPIC, private=PRIVATE)
    @for_everybody
    @at_leisure
    async def quotes(
        self,
        interaction: Interaction,
        actor: Name | None = None,
        text: Name | None = None,
        topic: Name | None = None,
        private: bool = False,
    ) -> None:
        """Answer with quotes."""
        await give(
            self._services, interaction, QuotesRequest(actor, text, topic, interaction.guild_id), private=private
        )

    @command(description="Who said what, day by day")
    @describe(actor=_WHO, topic=_TOPIC, private=PRIVATE)
    @for_everybody
    @at_leisure
    async def timeline(
        self,
        interaction: Interaction,
        actor: Name | None = None,
        topic: Name | None = None,
        private: bool = False,
    ) -> None:
        """Answer with statements under their days."""
        question = TimelineRequest(actor, topic, interaction.guild_id)
        await give(self._services, interaction, question, private=private)

    @command(description="Who moved, with the evidence before and after, and what is not counted as a move")
    @describe(since="How far back: 30d, a date such as 2025-08-20, or all", private=PRIVATE)
    @for_everybody
    @at_leisure
    async def shifts(
        self,
        interaction: Interaction,
        since: Range[str, 1, 20] = "all",
        private: bool = False,
    ) -> None:
        """Answer with shifts."""
        question = ShiftsRequest(since, interaction.guild_id)
        await give(self._services, interaction, question, private=private)

    @compare.autocomplete("first")
    @compare.autocomplete("second")
    @quotes.autocomplete("actor")
    @timeline.autocomplete("actor")
    async def _actors(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete(self._services.names.actors, typed)

    @compare.autocomplete("topic")
    @quotes.autocomplete("topic")
    @timeline.autocomplete("topic")
    async def _topics(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete(self._services.names.topics, typed)
