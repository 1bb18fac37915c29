"""Searches and replies for programs. Keys are a promise, as in `json`."""

from bot.briefings.editions import Numbers, numbers_of, place_of
from bot.briefings.findings import Findings, Hit, Reply
from bot.presentation.json import VERSION, Json, edition_json, evidence_json, source_json, window_json


def findings_json(findings: Findings) -> Json:
    """Sentences found, best first; with an actor each is a statement of theirs."""
    numbers = numbers_of(findings)
    return {
        "version": VERSION,
        "dossier": findings.dossier_id,
        "query": findings.sought,
        "actor": findings.holder.name if findings.holder else None,
        "topic": findings.topic_id,
        "window": window_json(findings.window),
        "hits": [_hit(hit, numbers) for hit in findings.hits],
        "any_word": findings.any_word,
        "more": findings.has_more,
        "articles": findings.articles,
        **edition_json(findings),
    }


def reply_json(reply: Reply) -> Json:
    """What was understood, and the sentences that answer; `found` is false where none is near enough."""
    numbers = numbers_of(reply)
    understood = reply.understood
    return {
        "version": VERSION,
        "dossier": reply.dossier_id,
        "question": reply.question,
        "understood": {
            "asked_of": [one.name for one in understood.holders],
            "topic": understood.topic_id,
            "words": list(understood.words),
            "unknown": list(understood.unknown),
            "window": window_json(understood.window),
        },
        "found": bool(reply.hits),
        "hits": [_hit(hit, numbers) for hit in reply.hits],
        "could_be_asked": list(reply.spoken_on),
        "articles": reply.articles,
        **edition_json(reply),
    }


def _hit(hit: Hit, numbers: Numbers) -> Json:
    shared = {
        "also_in": [source_json(other) for other in hit.others],
        "further": hit.further,
        "score": hit.score,
    }
    if hit.evidence is not None:
        speaker = hit.evidence.statement.speaker
        spoken = {"actor": speaker.actor_id, "name": speaker.name, "kind": hit.evidence.statement.mode.value}
        return evidence_json(hit.evidence, numbers) | spoken | shared
    line = {"line": numbers[place_of(hit.citation)]} if place_of(hit.citation) in numbers else {}
    return {"text": hit.text, "source": source_json(hit.citation), **line, **shared}
