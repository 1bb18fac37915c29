"""/follow, /unfollow and /following: a direct message when a position appears or shifts, for who asked for it."""

import re
from collections.abc import Sequence
from typing import Any

import discord
from discord.app_commands import Choice, Range, command, describe
from discord.ext.commands import Cog

from bot.catalogues import tr
from bot.dossier import Dossier
from bot.positions.novelties import News
from bot.presentation.discord_messages import notice_view, page_screens, screen_view
from bot.presentation.escaping import label
from bot.presentation.member_pages import follow_words, news_page
from bot.presentation.visible import visible
from bot.services.app import Services
from bot.services.member_ports import Follow
from commands.completion import complete
from commands.languages import listen_to
from commands.pressing import PressedItem, answering
from commands.replies import Interaction, show
from commands.rights import for_everybody

Name = Range[str, 1, 100]
Item = discord.ui.Item[Any]
_MOST_BUTTONS = 4  # beside the one that ends all
_LONGEST_ID, _LONGEST_LABEL = 100, 80
_STOP = re.compile(r"unfollow:(?P<kind>actor|topic|all):(?P<key>.*)", re.DOTALL)


class Follows(Cog):
    """What somebody wants to be told of."""

    def __init__(self, services: Services) -> None:
        self._services = services

    @command(description="Get a direct message when a position of an actor or on a topic appears or shifts")
    @describe(actor="A person, state or organisation of the dossier", topic="A topic of the dossier")
    @for_everybody
    async def follow(self, interaction: Interaction, actor: Name | None = None, topic: Name | None = None) -> None:
        """Follow one, or both."""
        await interaction.response.defer(ephemeral=True)
        followed = await self._services.follows.follow(interaction.user.id, actor, topic)
        await show(interaction, following_view(followed, self._services.dossier))

    @command(description="Get no more direct messages about an actor or a topic; about nothing, if you name none")
    @describe(actor="Only this one", topic="Only this one")
    @for_everybody
    async def unfollow(self, interaction: Interaction, actor: Name | None = None, topic: Name | None = None) -> None:
        """Follow one no more, or nothing."""
        await interaction.response.defer(ephemeral=True)
        left = await self._services.follows.unfollow(interaction.user.id, actor, topic)
        await show(interaction, following_view(left, self._services.dossier))

    @command(description="What you follow")
    @for_everybody
    async def following(self, interaction: Interaction) -> None:
        """Answer with it."""
        await interaction.response.defer(ephemeral=True)
        followed = await self._services.follows.following(interaction.user.id)
        await show(interaction, following_view(followed, self._services.dossier))

    @Cog.listener()
    async def on_app_command_completion(self, interaction: Interaction, _: object) -> None:
        """Whoever could not be written to hears of it with the next command, once."""
        if not await self._services.follows.must_be_told(interaction.user.id):
            return
        listen_to(interaction)
        view = notice_view(
            tr("I could not write to you"),
            tr("Discord refused a direct message to you, so what you follow is paused."),
            tr("Allow direct messages from a server that we share, then use /follow again: what is new comes then."),
        )
        await interaction.followup.send(view=view, ephemeral=True, allowed_mentions=discord.AllowedMentions.none())

    @follow.autocomplete("actor")
    @unfollow.autocomplete("actor")
    async def _actors(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete(self._services.names.dossier_actors, typed)

    @follow.autocomplete("topic")
    @unfollow.autocomplete("topic")
    async def _topics(self, _: Interaction, typed: str) -> list[Choice[str]]:
        return complete(self._services.names.topics, typed)


def following_view(follows: Sequence[Follow], dossier: Dossier) -> discord.ui.LayoutView:
    """What is followed, with a way out."""
    if not follows:
        return notice_view(tr("What you follow"), tr("Nothing. I write to you only about what you /follow."))
    names = [f"- {label(follow_words(dossier, one.kind, one.key))}" for one in follows]
    how = tr("I write to you when a position appears or shifts there: at most three times a day. /unfollow ends it.")
    return notice_view(tr("What you follow"), "\n".join(names), f"-# {how}")


def news_view(news: News, follows: Sequence[Follow], dossier: Dossier, marker: int) -> discord.ui.LayoutView:
    """A direct message, with the buttons that end what it is about."""
    names = [follow_words(dossier, one.kind, one.key) for one in follows]
    screen = page_screens(news_page(news, dossier, names), mark=news.edition)[0]
    return screen_view(screen, rows=(_ending(follows, dossier),), marker=marker)


def unfollow_button(services: Services) -> type[PressedItem]:
    """What answers a press on *Unfollow*."""

    async def unfollow(interaction: Interaction, match: re.Match[str], _: Item) -> None:
        await interaction.response.defer(ephemeral=True, thinking=True)
        member_id = interaction.user.id
        if match["kind"] == "all":
            left = await services.follows.unfollow(member_id, None, None)
        else:
            left = await services.follows.unfollow_key(member_id, match["kind"], match["key"])
        await show(interaction, following_view(left, services.dossier))

    return answering(_STOP, unfollow)


def _ending(follows: Sequence[Follow], dossier: Dossier) -> list[Item]:
    buttons = [(follow_words(dossier, one.kind, one.key), f"unfollow:{one.kind}:{one.key}") for one in follows]
    fitting = [(tr("Unfollow {name}", name=visible(name)), id_) for name, id_ in buttons if len(id_) <= _LONGEST_ID]
    every = [*fitting[:_MOST_BUTTONS], (tr("Unfollow all"), "unfollow:all:")]
    return [discord.ui.Button(label=words[:_LONGEST_LABEL], custom_id=id_) for words, id_ in every]
