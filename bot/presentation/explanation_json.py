"""Everything that was decided about one article, for programs. Keys are a promise, as in `json`."""

from typing import Any

from bot.briefings.explanation import Explanation
from bot.dossier import Dossier
from bot.presentation.json import VERSION, window_json
from bot.presentation.reading_json import reading_json

Json = dict[str, Any]


def explanation_json(found: Explanation, dossier: Dossier) -> Json:
    """Offsets count characters (code points) of `text`."""
    article = found.article
    return {
        "version": VERSION,
        "dossier": dossier.id,
        "id": article.id,
        "source": found.source,
        "location": article.location,
        "url": article.url,
        "first_seen_at": found.first_seen_at.isoformat(),
        "provenance": dict(article.provenance),
        **reading_json(article, found.reading, dossier, _copied(found)),
        "skipped": [
            {"start": one.span.start, "end": one.span.end, "reason": one.reason} for one in found.reading.skipped
        ],
        "story": {
            "lead": found.story.lead_id,
            "members": [
                {"id": one.article_id, "relation": one.relation.value, "similarity": one.similarity}
                | {"reason": one.reason}
                for one in found.story.members
            ],
        },
        "event": {
            "lead": found.event.lead_id,
            "members": [
                {"id": one.article_id, "likeness": one.likeness, "reason": one.reason} for one in found.event.members
            ],
        },
        "split": _split(found),
        "briefing": {
            "window": window_json(found.window),
            "items": found.items,
            "sentences": [
                {"start": one.span.start, "end": one.span.end, "line": one.line, "why": one.why} for one in found.fates
            ],
        },
    }


def _copied(found: Explanation) -> str | None:
    return found.story.lead_id if found.story.lead_id != found.article.id else None


def _split(found: Explanation) -> Json | None:
    split = found.split
    if split is None:
        return None
    return {
        "story": split.from_story,
        "event": split.from_event,
        "by": split.by,
        "made_at": split.made_at.isoformat(),
    }
