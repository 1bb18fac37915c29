"""Machine-readable output. Its keys are a promise: within a version they are added to, never renamed or dropped."""

from datetime import datetime
from typing import Any

from bot.articles.model import Citation
from bot.briefings.model import Briefing, BriefingItem, Counts, Window
from bot.positions.model import Cell, Contested, Digest, Evidence, Position, Shift
from bot.presentation.wording import file_name

VERSION = 1

Json = dict[str, Any]


def briefing_json(briefing: Briefing) -> Json:
    """A briefing; offsets count characters (code points) of the cleaned article's text."""
    return {
        "version": VERSION,
        "dossier": briefing.dossier_id,
        "window": window_json(briefing.window),
        "items": [_item(item) for item in briefing.items],
        "positions": [_position(position) for position in briefing.positions],
        "shifts": [_shift(shift) for shift in briefing.shifts],
        "contested": [_contested(contested) for contested in briefing.contested],
        "counts": _counts(briefing.counts),
    }


def digest_json(digest: Digest) -> Json:
    """Positions; a cell without a statement has nulls and no evidence."""
    return {
        "version": VERSION,
        "dossier": digest.dossier_id,
        "cells": [_cell(cell) for cell in digest.cells],
        "shifts": [_shift(shift) for shift in digest.shifts],
        "contested": [_contested(contested) for contested in digest.contested],
        "articles": digest.articles,
    }


def window_json(window: Window) -> Json:
    """Half-open interval of publication time; null is unbounded."""
    return {
        "start": _iso(window.start),
        "end": _iso(window.end),
        "reason": window.reason.value,
        "asked": window.asked,
    }


def _item(item: BriefingItem) -> Json:
    return {
        "text": item.text,
        "topics": list(item.topics),
        "sources": [_source(citation) for citation in item.citations],
    }


def _source(citation: Citation) -> Json:
    return {"article": citation.location, **_file(citation), "title": citation.title, **_where(citation)}


def _where(citation: Citation) -> Json:
    return {
        "outlet": citation.outlet,
        "url": citation.url,
        "published": citation.published.iso() if citation.published else None,
        "start": citation.span.start,
        "end": citation.span.end,
    }


def _file(citation: Citation) -> Json:
    name = file_name(citation)
    return {"file": name} if name else {}


def _cell(cell: Cell) -> Json:
    if cell.position:
        return _position(cell.position)
    blank: Json = {"stance": None, "as_of": None, "kind": None, "evidence": []}
    return {"actor": cell.holder.name, "topic": cell.topic_id, **blank}


def _position(position: Position) -> Json:
    return {
        "actor": position.holder.name,
        "topic": position.topic_id,
        "stance": position.stance.value if position.stance else None,
        "as_of": _as_of(position),
        "kind": position.kind.value,
        "evidence": [_evidence(evidence) for evidence in position.evidence],
    }


def _as_of(position: Position) -> str | None:
    """As exactly as the deciding evidence is dated."""
    published = position.evidence[0].citation.published if position.evidence else None
    if position.as_of and published and published.at == position.as_of:
        return published.iso()
    return _iso(position.as_of)


def _evidence(evidence: Evidence) -> Json:
    return {
        "text": evidence.text,
        "article": evidence.citation.location,
        **_file(evidence.citation),
        **_where(evidence.citation),
        "speaker": evidence.statement.speaker.text,
        "cue": evidence.statement.cue,
        "rule": " > ".join(evidence.statement.rules),
    }


def _shift(shift: Shift) -> Json:
    return {
        "actor": shift.holder.name,
        "topic": shift.topic_id,
        "before": _evidence(shift.before) if shift.before else None,
        "after": _evidence(shift.after),
        "rule": shift.rule,
    }


def _contested(contested: Contested) -> Json:
    return {
        "topic": contested.topic_id,
        "claim": _evidence(contested.claim),
        "answer": _evidence(contested.answer) if contested.answer else None,
        "rule": contested.rule,
    }


def _counts(counts: Counts) -> Json:
    return {
        "articles": counts.articles,
        "stories": counts.stories,
        "undated": counts.undated,
        "sentences": counts.sentences,
        "sources": counts.sources,
        "sources_failing": counts.sources_failing,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
