"""/search and /ask: sentences that hold certain words, and sentences that answer a question."""

from discord.app_commands import Choice, Range, command, describe
from discord.ext.commands import Cog

from bot.services.app import Services
from bot.services.results import AskRequest, SearchRequest
from commands.answering import give
from commands.completion import complete
from commands.heavy import at_leisure
from commands.replies import Interaction
from commands.rights import PRIVATE, for_everybody

Name = Range[str, 1, 100]
Line = Range[str, 1, 4000]


class Searches(Cog):
    """Sentences on request."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @command(description="Sentences with certain words, best first")
    @describe(
        query='Words that must all occur; "a phrase", -without, one OR other, begin*',
        actor="Only what this person, state or organisation said",
        topic="Only with words on this topic",
        since="How far back: 30d, a date such as 2025-08-20, or all",
        private=PRIVATE,
    )
    @for_everybody
    @at_leisure
    async def search(  # noqa: PLR0917  # options of the command
        self,
        interaction: Interaction,
        query: Line,
        actor: Name | None = None,
        topic: Name | None = None,
        since: Range[str, 1, 20] = "all",
        private: bool = False,
    ) -> None:
        """Answer with what was found."""
        question = SearchRequest(query, actor, topic, since, interaction.guild_id)
        await give(self._services, interaction, question, private=private)

    @command(description="A question, answered by sentences of the sources or not at all")
    @describe(question="In plain words, such as: what does somebody say about a topic?", private=PRIVATE)
    @for_everybody
    @at_leisure
    async def ask(self, interaction: Interaction, question: Line, private: bool = False) -> None:
        """Answer with what was found, or that nothing was."""
        await give(self._services, interaction, AskRequest(question, interaction.guild_id), private=private)

    @search.autocomplete("actor")
    async def _actors(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete(self._services.names.actors, typed)

    @search.autocomplete("topic")
    async def _topics(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete(self._services.names.topics, typed)
