"""A schedule for Discord: what, where, when next, how it posts, and how its deliveries ended."""

from collections.abc import Iterator

from bot.catalogues import mark, tr
from bot.dossier import Dossier
from bot.presentation.admin_pages import OUTCOMES, about_words, days_words
from bot.presentation.escaping import label, timestamp
from bot.presentation.visible import visible
from bot.presentation.wording import actor_words, date_words, topic_words
from bot.reasons import reason_words
from bot.schedules.model import Delivery, DeliveryState, Schedule, Threads, WhenNothingNew
from bot.services.results import Delivered, ScheduleView

LANGUAGE_NAMES = {
    "en": "English",
    "uk": "Українська",
    "ru": "Русский",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
}
_MANNERS = {
    Threads.AUTO: mark("with a thread"),
    Threads.FORUM: mark("as forum posts"),
}


def schedule_lines(view: ScheduleView, dossier: Dossier) -> str:
    """Markdown of a few lines: number and rule, scope, manner, next run and last outcome."""
    rule = view.schedule
    paused = f" ({tr('paused')})" if rule.paused else ""
    when = f"{rule.local_time:%H:%M} {label(rule.zone)}, {days_words(rule.days)}"
    names = [topic_words(dossier, topic) for topic in rule.scope.topics]
    names += [actor_words(dossier, actor) for actor in rule.scope.actors]
    about = about_words(", ".join(label(name, 40) for name in names), rule.words)
    next_run = (
        tr("Next: {when}", when=f"{timestamp(view.next_at, 'F')} ({timestamp(view.next_at, 'R')})")
        if view.next_at
        else tr("No next run")
    )
    number = tr("**No. {number}** in {channel}", number=rule.id, channel=f"<#{rule.channel_id}>")
    manner = ", ".join((LANGUAGE_NAMES.get(rule.posting.language, rule.posting.language), *_manner(rule)))
    lines = [f"{number}: {when}{paused}", about, f"-# {manner}", next_run]
    if view.last:
        lines.append(f"-# {tr('Last: {outcome}', outcome=outcome_words(view.last))}{_link(rule, view.last)}")
    return "\n".join(lines)


def _manner(rule: Schedule) -> Iterator[str]:
    """How it posts, as far as that is not the usual."""
    posting = rule.posting
    if posting.threads in _MANNERS:
        yield tr(_MANNERS[posting.threads])
    if posting.publish:
        yield tr("sent on to followers")
    if posting.silent:
        yield tr("without a notification")
    if posting.ping_role_id:
        yield tr("pings {role}", role=f"<@&{posting.ping_role_id}>")
    if posting.when_nothing_new is WhenNothingNew.NOTE:
        yield tr("a note when there is nothing new")


def delivery_line(delivered: Delivered) -> str:
    """One entry of the log: which schedule, when, how it ended, after how many tries, and a link to the message."""
    delivery = delivered.delivery
    number = tr("**No. {number}** in {channel}", number=delivered.schedule.id, channel=f"<#{_channel(delivered)}>")
    tries = f", {tr('try {number}', number=delivery.attempts)}" if delivery.attempts > 1 else ""
    at = timestamp(delivery.finished_at or delivery.claimed_at, "f")
    return f"{number}: {outcome_words(delivery)}{tries}\n-# {at}{_link(delivered.schedule, delivery)}"


def outcome_words(last: Delivery) -> str:
    """The day, how it ended, and why."""
    late = f", {tr('late')}" if last.late and last.state is DeliveryState.SENT else ""
    detail = f": {label(reason_words(last.detail), 200)}" if last.detail else ""
    planned = last.occurrence
    hand = f", {tr('by hand')}" if planned.by_hand else ""
    return f"{date_words(planned.local_date)} {planned.clock}{hand}, {tr(OUTCOMES[last.state])}{late}{detail}"


def message_link(schedule: Schedule, delivery: Delivery) -> str | None:
    """The address of the message; None where there is none."""
    if delivery.message_id is None:
        return None
    channel = delivery.posted_in or schedule.channel_id
    return f"https://discord.com/channels/{schedule.guild_id}/{channel}/{delivery.message_id}"


def choice_label(schedule: Schedule, dossier: Dossier, channel_name: str | None) -> str:
    """A schedule among others while somebody types its number: plain text."""
    names = [topic_words(dossier, topic) for topic in schedule.scope.topics]
    names += [actor_words(dossier, actor) for actor in schedule.scope.actors]
    where = f"#{channel_name}" if channel_name else ""
    when = f"{schedule.local_time:%H:%M} {schedule.zone}"
    about = ", ".join(names) or tr("everything")
    paused = tr("paused") if schedule.paused else ""
    return visible(" · ".join(filter(None, (str(schedule.id), where, when, about, paused))))[:100]


def _channel(delivered: Delivered) -> int:
    return delivered.delivery.posted_in or delivered.schedule.channel_id


def _link(schedule: Schedule, delivery: Delivery) -> str:
    address = message_link(schedule, delivery)
    return f" · [{tr('message')}]({address})" if address else ""
