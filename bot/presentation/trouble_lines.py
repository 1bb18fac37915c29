"""What admins are told of a schedule that can't be posted: what happened, what the bot does, what they can do."""

from collections.abc import Sequence

from bot.catalogues import mark, tr
from bot.presentation.escaping import label, timestamp
from bot.reasons import reason_words
from bot.schedules.model import TroubleKind
from bot.services.schedule_ports import News

_WHAT = {
    TroubleKind.GONE: mark(
        "Its channel is gone, so it is paused. Give it another one with {edit}, then {resume}, or remove it."
    ),
    TroubleKind.FORBIDDEN: mark(
        "I may not post there ({reason}). Give my rights back, and it goes on by itself; {check} names what is missing."
    ),
    TroubleKind.HOPELESS: mark(
        "I was not allowed to post there so often that it is paused now. Give my rights back, then use {resume}."
    ),
    TroubleKind.UNSURE: mark(
        "I can’t tell whether the post of {when} is there ({reason}), so I don’t send it again. Let me read the "
        "message history, and I look again; {log} has the details."
    ),
    TroubleKind.REFUSED: mark(
        "Discord refused the post of {when} ({reason}). What is new goes into the next one; {log} has the details."
    ),
    TroubleKind.UNREACHABLE: mark(
        "The post of {when} did not go out in time ({reason}). What is new goes into the next one."
    ),
}


def trouble_title() -> str:
    """The title of such a message."""
    return tr("Scheduled briefings")


def trouble_lines(news: Sequence[News]) -> tuple[str, ...]:
    """Markdown, a paragraph a schedule."""
    return tuple(_line(one) for one in news)


def _line(news: News) -> str:
    schedule, trouble = news.schedule, news.trouble
    number = tr("**No. {number}** in {channel}", number=schedule.id, channel=f"<#{schedule.channel_id}>")
    if news.is_over:
        return f"{number}: {tr('It is posted again.')}"
    words = tr(
        _WHAT[trouble.kind],
        reason=label(reason_words(trouble.reason), 150),
        when=timestamp(trouble.since, "f"),
        edit="`/schedule edit`",
        resume="`/schedule resume`",
        check="`/schedule preview`",
        log="`/schedule log`",
    )
    return f"{number}: {words}"
