"""Made evidence for the tests of positions: one line says who, when, what and how."""

from datetime import UTC, datetime

from bot.articles.model import Citation, DatePrecision, Published
from bot.language.spans import Span
from bot.positions.model import Evidence, Mode, Speaker, Stance, Statement


def evidence(
    actor: str | None,
    topic: str,
    stance: Stance | None,
    day: str | None = None,
    *,
    mode: Mode = Mode.INDIRECT,
    story: str | None = None,
    outlet: str = "The Harbour Courier",
    article: str | None = None,
    name: str | None = None,
    start: int = 0,
    shift: bool = False,
    contested: bool = False,
    rules: tuple[str, ...] = (),
    more_topics: tuple[str, ...] = (),
) -> Evidence:
    """Evidence of `actor` (or another by `name`) on a topic, published on `day` (ISO date; None: undated)."""
    article = article or f"{actor or name}-{day}-{outlet}"
    published = Published(datetime.fromisoformat(day).replace(tzinfo=UTC), DatePrecision.DAY) if day else None
    text = f"{actor or name} {topic} {stance} {start}"
    statement = Statement(
        sentence=0,
        mode=mode,
        speaker=Speaker(name or actor or "", None, actor, name or actor, None, 1.0, "given"),
        cue="said",
        cue_span=None,
        content=Span(start, start + len(text)),
        quote=None,
        topics=(topic, *more_topics),
        stance=stance,
        shift=shift,
        contested=contested,
        rules=rules,
    )
    citation = Citation(article, article, None, outlet, None, None, published, Span(start, start + len(text)))
    return Evidence(statement, citation, text, story or article)
