"""The screens of `/setup`: three steps and a confirmation. Each control carries the draft in its custom_id."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import discord

from bot.catalogues import mark, tr
from bot.dossier import Dossier
from bot.errors import MissingPermissionError
from bot.presentation.admin_pages import days_words
from bot.presentation.discord_messages import notice_view
from bot.presentation.errors import explain
from bot.presentation.escaping import escape, label, timestamp
from bot.presentation.wording import title_words, topic_words
from bot.schedules.model import Schedule
from bot.schedules.zones import likely_zones
from commands.setup_draft import Draft, encode_draft

_HOURS = tuple(f"{hour:02}:00" for hour in range(24))
_MOST_OPTIONS = 25  # of one menu
_DAYS = (
    mark("Monday"), mark("Tuesday"), mark("Wednesday"), mark("Thursday"), mark("Friday"), mark("Saturday"),
    mark("Sunday"),
)  # fmt: skip
_CHANNELS = [discord.ChannelType.text, discord.ChannelType.news]
_POST, _BACK = discord.ButtonStyle.success, discord.ButtonStyle.secondary
NEW = "new"


class Screens:
    """Builds the screens for one dossier."""

    def __init__(self, dossier: Dossier) -> None:
        self._dossier = dossier
        self._topics = tuple(topic.id for topic in dossier.topics)

    def where(
        self, draft: Draft, there: Sequence[Schedule], missing: MissingPermissionError | None = None
    ) -> discord.ui.LayoutView:
        """Step 1: the channel, and which schedule to change where there are some."""
        asked = tr("I post a briefing on {title} there, at a time you choose.", title=label(title_words(self._dossier)))
        refused = (tr("I can't post there yet. {reason}", reason=escape(explain(missing))),) if missing else ()
        view = notice_view(tr("Set up 1/3: channel"), asked, *refused)
        if there:
            view.add_item(discord.ui.ActionRow(self._choice(draft, there)))
        channel: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(
            custom_id=self._id("channel", draft),
            channel_types=_CHANNELS,
            placeholder=tr("Choose a channel"),
            default_values=_chosen_channel(draft),
        )
        view.add_item(discord.ui.ActionRow(channel))
        forth = self._button("when", tr("Next"), draft, discord.ButtonStyle.primary)
        forth.disabled = draft.channel_id is None or missing is not None
        return view.add_item(discord.ui.ActionRow(forth, self._cancel(draft)))

    def when(self, draft: Draft, locale: str, zones: frozenset[str]) -> discord.ui.LayoutView:
        """Step 2: time of day, zone and weekdays."""
        chosen = tr("Every post goes to {channel}. Times are local there, also when clocks change.",
                    channel=f"<#{draft.channel_id}>")  # fmt: skip
        view = notice_view(tr("Set up 2/3: time"), chosen)
        hours = sorted({*_HOURS, draft.time})
        known = (*likely_zones(locale, zones), draft.zone)
        likely = tuple(dict.fromkeys(known))[-_MOST_OPTIONS:]
        days: discord.ui.Select[Any] = discord.ui.Select(
            custom_id=self._id("days", draft),
            min_values=1,
            max_values=len(_DAYS),
            options=[
                discord.SelectOption(label=tr(name), value=str(day), default=day in draft.days)
                for day, name in enumerate(_DAYS)
            ],
        )
        view.add_item(discord.ui.ActionRow(self._menu("hour", draft, hours, draft.time)))
        view.add_item(discord.ui.ActionRow(self._menu("zone", draft, likely, draft.zone)))
        view.add_item(discord.ui.ActionRow(days))
        return view.add_item(
            discord.ui.ActionRow(
                self._button("where", tr("Back"), draft, _BACK),
                self._button("type", tr("Other time or city"), draft, _BACK),
                self._button("what", tr("Next"), draft, discord.ButtonStyle.primary),
            )
        )

    def form(self, draft: Draft) -> discord.ui.Modal:
        """Time and zone to be typed."""
        modal = discord.ui.Modal(title=tr("Time and city"), custom_id=self._id("typed", draft), timeout=None)
        time: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="time", default=draft.time, max_length=20, required=True
        )
        zone: discord.ui.TextInput[Any] = discord.ui.TextInput(
            custom_id="zone", default=draft.zone, max_length=60, required=True
        )
        modal.add_item(discord.ui.Label(text=tr("Time of day"), description=tr("Such as 08:30"), component=time))
        return modal.add_item(
            discord.ui.Label(
                text=tr("City or time zone"), description=tr("Such as Kyiv or Europe/Kyiv"), component=zone
            )
        )

    def what(self, draft: Draft) -> discord.ui.LayoutView:
        """Step 3: the dossier's title, and its topics to choose from."""
        title = f"**{label(title_words(self._dossier))}**"
        hint = tr("Choose topics, or none to read about everything.")
        view = notice_view(tr("Set up 3/3: topics"), title, hint)
        topics = self._dossier.topics[:_MOST_OPTIONS]
        if topics:
            menu: discord.ui.Select[Any] = discord.ui.Select(
                custom_id=self._id("topics", draft),
                placeholder=tr("Everything"),
                min_values=0,
                max_values=len(topics),
                options=[
                    discord.SelectOption(label=one.name[:100], value=one.id, default=one.id in draft.topics)
                    for one in topics
                ],
            )
            view.add_item(discord.ui.ActionRow(menu))
        return view.add_item(
            discord.ui.ActionRow(
                self._button("when", tr("Back"), draft, _BACK),
                self._button("check", tr("Next"), draft, discord.ButtonStyle.primary),
            )
        )

    def check(self, draft: Draft, next_at: datetime | None) -> discord.ui.LayoutView:
        """What would be saved, with a preview at hand."""
        view = notice_view(tr("Is this right?"), *self.lines(draft, next_at))
        return view.add_item(
            discord.ui.ActionRow(
                self._button("save", tr("Save"), draft, _POST),
                self._button("look", tr("Preview"), draft, discord.ButtonStyle.primary),
                self._button("what", tr("Back"), draft, _BACK),
                self._cancel(draft),
            )
        )

    def lines(self, draft: Draft, next_at: datetime | None) -> tuple[str, ...]:
        """A draft in words."""
        topics = ", ".join(label(topic_words(self._dossier, topic), 40) for topic in draft.topics) or tr("everything")
        stamp = f"{timestamp(next_at, 'F')} ({timestamp(next_at, 'R')})" if next_at else tr("never")
        return (
            tr("{channel}: {time} {zone}, {days}", channel=f"<#{draft.channel_id}>", time=draft.time,
               zone=label(draft.zone), days=days_words(draft.days)),
            tr("About {topics}", topics=topics),
            tr("First post: {when}", when=stamp),
        )  # fmt: skip

    def _choice(self, draft: Draft, there: Sequence[Schedule]) -> "discord.ui.Select[Any]":
        """Which schedule is changed, or a new one."""
        options = [
            discord.SelectOption(
                label=tr("Change no. {number}", number=one.id),
                description=f"{one.local_time:%H:%M} {one.zone}, {days_words(one.days)}"[:100],
                value=str(one.id),
                default=one.id == draft.schedule_id,
            )
            for one in there[: _MOST_OPTIONS - 1]
        ]
        is_new = draft.schedule_id is None
        options.append(discord.SelectOption(label=tr("Add another one"), value=NEW, default=is_new))
        return discord.ui.Select(custom_id=self._id("which", draft), options=options)

    def _menu(self, act: str, draft: Draft, values: Sequence[str], chosen: str) -> "discord.ui.Select[Any]":
        options = [discord.SelectOption(label=one, value=one, default=one == chosen) for one in values]
        return discord.ui.Select(custom_id=self._id(act, draft), options=options)

    def _button(self, act: str, words: str, draft: Draft, style: discord.ButtonStyle) -> "discord.ui.Button[Any]":
        return discord.ui.Button(label=words, style=style, custom_id=self._id(act, draft))

    def _cancel(self, draft: Draft) -> "discord.ui.Button[Any]":
        return self._button("cancel", tr("Cancel"), draft, _BACK)

    def _id(self, act: str, draft: Draft) -> str:
        return f"setup:{act}:{encode_draft(draft, self._topics)}"


def _chosen_channel(draft: Draft) -> list[discord.SelectDefaultValue]:
    """The channel as chosen already. Discord describes ids as text; the library sends them as it is given them."""
    if draft.channel_id is None:
        return []
    number: Any = str(draft.channel_id)
    return [discord.SelectDefaultValue(id=number, type=discord.SelectDefaultValueType.channel)]
