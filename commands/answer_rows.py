"""The rows beneath an answer: the one place where its buttons are composed, in their order.

Every button carries its state in its custom_id: `ACT:NUMBER:LETTER:STATE` for what asks again (see `Carried`), an
edition's id for what is about its lines. A button of another room is one more function in `ACTIONS`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import discord

from bot.catalogues import mark, ntr, tr
from bot.dossier import Dossier
from bot.presentation.discord_messages import screen_view
from bot.presentation.visible import visible
from bot.presentation.wording import topic_words
from bot.services.long_states import LongStates
from commands.answers import Answered
from commands.questions import state_of
from commands.replies import Interaction

Item = discord.ui.Item[Any]
LONGEST_STATE = 80  # of a custom_id's 100 characters; the rest is act, number and letter
_A_ROW = 5
_MOST_TOPICS = 25


class Place(StrEnum):
    """Where an answer stands: before all (its buttons answer who presses), for one alone, or in a chat with one."""

    PUBLIC = "public"
    PRIVATE = "private"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Carried:
    """What the buttons of one screen carry: which page it is, and the question behind it, short enough."""

    number: int
    letter: str
    state: str

    def custom_id(self, act: str, number: int | None = None) -> str:
        """The id of a button."""
        return f"{act}:{self.number if number is None else number}:{self.letter}:{self.state}"


@dataclass(frozen=True, slots=True)
class Setting:
    """Everything a button may depend on."""

    answered: Answered
    carried: Carried
    place: Place


def place_of(interaction: Interaction, *, private: bool = False) -> Place:
    """Where an answer to this will stand, or where the message stands whose button was pressed."""
    if interaction.context.dm_channel:
        return Place.DIRECT
    is_private = interaction.message.flags.ephemeral if interaction.message else private
    return Place.PRIVATE if is_private else Place.PUBLIC


async def answer_view(
    states: LongStates,
    dossier: Dossier,
    answered: Answered,
    place: Place,
    *,
    number: int = 1,
    marker: int | None = None,
    note: str | None = None,
) -> discord.ui.LayoutView:
    """Page `number` of an answer (the last one, if there are fewer by now) with its rows."""
    screen = answered.screens[min(max(number, 1), len(answered.screens)) - 1]
    state = await states.shorten(state_of(answered.question), LONGEST_STATE)
    setting = Setting(answered, Carried(screen.number, answered.letter, state), place)
    return screen_view(screen, rows=tuple(_rows(setting, dossier)), marker=marker, note=note)


def _rows(setting: Setting, dossier: Dossier) -> Iterator[Sequence[Item]]:
    turning = list(_turning(setting))
    acting = [button for action in ACTIONS if (button := action(setting)) is not None]
    if len(turning) == 1:
        acting, turning = [*turning, *acting], []
    if turning:
        yield turning
    for start in range(0, len(acting), _A_ROW):
        yield acting[start : start + _A_ROW]
    menu = _jump(setting, dossier)
    if menu is not None:
        yield (menu,)


def _turning(setting: Setting) -> Iterator[Item]:
    """Who reads alone turns back and forth; before all there is *More*, which opens the next page for who presses."""
    number, total = setting.carried.number, len(setting.answered.screens)
    if total == 1:
        return
    if setting.place is Place.PUBLIC:
        if number < total:
            yield _button(tr("More"), setting.carried.custom_id("more", number + 1), discord.ButtonStyle.primary)
        return
    yield _button(tr("Previous"), setting.carried.custom_id("page", number - 1), disabled=number == 1)
    yield _button(tr("Next"), setting.carried.custom_id("page", number + 1), disabled=number == total)


def _positions(setting: Setting) -> Item | None:
    if not setting.answered.holds:
        return None
    return _button(tr("Positions"), Carried(1, "o", setting.carried.state).custom_id("open"))


def _prove(setting: Setting) -> Item | None:
    edition = setting.answered.edition
    return _button(tr("Prove"), f"lines:{edition}") if edition else None


def _report(setting: Setting) -> Item | None:
    edition = setting.answered.edition
    return _button(tr("Report"), f"report:{edition}") if edition else None


def _file(setting: Setting) -> Item | None:
    return _button(tr("Full text"), setting.carried.custom_id("file"))


def _share(setting: Setting) -> Item | None:
    if setting.place is not Place.PRIVATE:
        return None
    return _button(tr("Share to channel"), setting.carried.custom_id("share"))


# In the order in which they stand. One that has nothing to do with an answer gives None.
ACTIONS: Sequence[Callable[[Setting], Item | None]] = (_positions, _prove, _file, _share, _report)


def _jump(setting: Setting, dossier: Dossier) -> Item | None:
    """A menu of the topics it tells of: the positions on one, for who chooses."""
    topics: Mapping[str, int] = setting.answered.topics
    asked = getattr(setting.answered.question, "topics", ())
    if not topics or tuple(topics) == tuple(asked):
        return None
    options = [
        discord.SelectOption(label=name, value=topic, description=_lines(lines))
        for topic, lines in list(topics.items())[:_MOST_TOPICS]
        if (name := visible(topic_words(dossier, topic))[:_LABEL].strip()) and 0 < len(topic) <= _LABEL
    ]
    if not options:
        return None
    return discord.ui.Select(custom_id="topic:positions", placeholder=tr(_PLACEHOLDER), options=options)


_LABEL = 100
_PLACEHOLDER = mark("Who stands where on a topic")


def _lines(number: int) -> str | None:
    return ntr("{n} line in this answer", "{n} lines in this answer", number) if number else None


def _button(
    label: str, custom_id: str, style: discord.ButtonStyle = discord.ButtonStyle.secondary, *, disabled: bool = False
) -> Item:
    return discord.ui.Button(label=label, custom_id=custom_id, style=style, disabled=disabled)
