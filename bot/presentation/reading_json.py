"""What was understood of one article, as `inspect` prints it."""

from typing import Any

from bot.articles.model import Article
from bot.dossier import Dossier
from bot.language.spans import Span
from bot.positions.model import Reading, Speaker, Statement

Json = dict[str, Any]


def reading_json(article: Article, reading: Reading, dossier: Dossier, duplicate_of: str | None = None) -> Json:
    """Everything but the article's name. Offsets count characters (code points) of `text`."""
    return {
        "title": article.title,
        "outlet": article.outlet,
        "author": article.author,
        "published": article.published.iso() if article.published else None,
        "duplicate_of": duplicate_of,
        "text": article.text,
        "dropped": [{"text": dropped.text, "rule": dropped.rule} for dropped in article.dropped],
        "sentences": [_span(sentence.span, article.text) for sentence in reading.sentences],
        "statements": [_statement(statement, article.text, dossier) for statement in reading.statements],
    }


def _statement(statement: Statement, text: str, dossier: Dossier) -> Json:
    return {
        "speaker": statement.speaker.text or statement.speaker.description,
        "actor": _actor(statement.speaker, dossier),
        "mode": statement.mode.value,
        "cue": statement.cue,
        "content": _span(statement.content, text),
        "quote": _span(statement.quote, text) if statement.quote else None,
        "topics": list(statement.topics),
        "stance": statement.stance.value if statement.stance else None,
        "shift": statement.shift,
        "contested": statement.contested,
    }


def _actor(speaker: Speaker, dossier: Dossier) -> str | None:
    """The dossier's name, another's own name, or null where nobody is sure enough."""
    actor = dossier.actor(speaker.actor_id) if speaker.actor_id else None
    return actor.name if actor else speaker.name


def _span(span: Span, text: str) -> Json:
    return {"start": span.start, "end": span.end, "text": span.of(text)}
