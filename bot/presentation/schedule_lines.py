"""A schedule for Discord: what, where, when next, and how the last one ended."""

from bot.catalogues import tr
from bot.dossier import Dossier
from bot.presentation.admin_pages import OUTCOMES, about_words, days_words
from bot.presentation.escaping import label, timestamp
from bot.presentation.wording import actor_words, date_words, topic_words
from bot.reasons import reason_words
from bot.schedules.model import Delivery, DeliveryState
from bot.services.results import ScheduleView


def schedule_lines(view: ScheduleView, dossier: Dossier) -> str:
    """Markdown of a few lines: number and rule, scope, next run and last outcome."""
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
    lines = [f"{number}: {when}{paused}", about, next_run]
    if view.last:
        lines.append(f"-# {tr('Last: {outcome}', outcome=_outcome(view.last))}")
    return "\n".join(lines)


def _outcome(last: Delivery) -> str:
    late = f", {tr('late')}" if last.late and last.state is DeliveryState.SENT else ""
    detail = f": {label(reason_words(last.detail), 200)}" if last.detail else ""
    return f"{date_words(last.occurrence.local_date)}, {tr(OUTCOMES[last.state])}{late}{detail}"
