"""A schedule for Discord: what, where, when next, and how the last one ended."""

from bot.dossier import Dossier
from bot.presentation.admin_pages import days_words
from bot.presentation.escaping import label, timestamp
from bot.presentation.wording import actor_words, topic_words
from bot.schedules.model import Delivery, DeliveryState
from bot.services.results import ScheduleView

_OUTCOMES = {
    DeliveryState.ASKED: "to be posted at once",
    DeliveryState.CLAIMED: "being posted",
    DeliveryState.SENT: "posted",
    DeliveryState.NOTHING_NEW: "nothing new",
    DeliveryState.MISSED: "missed",
    DeliveryState.FAILED: "failed, to be tried again",
    DeliveryState.REJECTED: "refused by Discord, so it is paused",
}


def schedule_lines(view: ScheduleView, dossier: Dossier) -> str:
    """Markdown of a few lines: number and rule, scope, next run and last outcome."""
    rule = view.schedule
    paused = " (paused)" if rule.paused else ""
    when = f"{rule.local_time:%H:%M} {label(rule.zone)}, {days_words(rule.days)}"
    names = [topic_words(dossier, topic) for topic in rule.scope.topics]
    names += [actor_words(dossier, actor) for actor in rule.scope.actors]
    about = ", ".join(label(name, 40) for name in names) or "everything"
    words = f", at most {rule.words:,} words" if rule.words else ""
    next_run = (
        f"Next: {timestamp(view.next_at, 'F')} ({timestamp(view.next_at, 'R')})" if view.next_at else "No next run"
    )
    lines = [f"**No. {rule.id}** in <#{rule.channel_id}>: {when}{paused}", f"About {about}{words}", next_run]
    if view.last:
        lines.append(f"-# Last: {_outcome(view.last)}")
    return "\n".join(lines)


def _outcome(last: Delivery) -> str:
    late = ", late" if last.late and last.state is DeliveryState.SENT else ""
    detail = f": {label(last.detail, 200)}" if last.detail else ""
    return f"{last.occurrence.local_date:%d %b %Y}, {_OUTCOMES[last.state]}{late}{detail}"
