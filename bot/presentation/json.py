"""Machine-readable output. Its keys are a promise: within a version they are added to, never renamed or dropped."""

from datetime import datetime
from typing import Any

from bot.articles.model import Citation
from bot.briefings.editions import UNNUMBERED, Answer, Numbers, numbers_of, place_of
from bot.briefings.model import Briefing, BriefingItem, Coming, Counts, Window
from bot.positions.model import Cell, Contested, Digest, Evidence, Position, Shift
from bot.presentation.wording import file_name

VERSION = 1

Json = dict[str, Any]


def briefing_json(briefing: Briefing) -> Json:
    """A briefing; offsets count characters (code points) of the cleaned article's text."""
    numbers = numbers_of(briefing)
    return {
        "version": VERSION,
        "dossier": briefing.dossier_id,
        "window": window_json(briefing.window),
        "items": [_item(item, numbers) for item in briefing.items],
        "positions": [position_json(position, numbers) for position in briefing.positions],
        "shifts": [shift_json(shift, numbers) for shift in briefing.shifts],
        "contested": [contested_json(contested, numbers) for contested in briefing.contested],
        "counts": _counts(briefing.counts),
        "watch": [_coming(one, numbers) for one in briefing.watch],
        "silences": [{"topic": one.topic_id, "actors": list(one.actor_ids)} for one in briefing.silences],
        **edition_json(briefing),
    }


def digest_json(digest: Digest) -> Json:
    """Positions; a cell without a statement has nulls and no evidence."""
    numbers = numbers_of(digest)
    return {
        "version": VERSION,
        "dossier": digest.dossier_id,
        "cells": [_cell(cell, numbers) for cell in digest.cells],
        "shifts": [shift_json(shift, numbers) for shift in digest.shifts],
        "contested": [contested_json(contested, numbers) for contested in digest.contested],
        "articles": digest.articles,
        **({"undated_left_out": digest.undated_left_out} if digest.as_of else {}),
        **edition_json(digest),
    }


def edition_json(answer: Answer) -> Json:
    """The id under which lines can be proved, where there is one."""
    return {"edition": answer.edition} if answer.edition else {}


def window_json(window: Window) -> Json:
    """Half-open interval of publication time; null is unbounded."""
    return {
        "start": _iso(window.start),
        "end": _iso(window.end),
        "reason": window.reason.value,
        "asked": window.asked,
    }


def _item(item: BriefingItem, numbers: Numbers) -> Json:
    return {
        "text": item.text,
        "topics": list(item.topics),
        "sources": [source_json(citation) for citation in item.citations],
        "voices": item.voices,
        **(_line(item.citations[0], numbers) if item.citations else {}),
    }


def _coming(one: Coming, numbers: Numbers) -> Json:
    where = {"source": source_json(one.citation), **_line(one.citation, numbers)}
    return {"on": one.on.isoformat(), "text": one.text, "topics": list(one.topics), **where}


def _line(citation: Citation, numbers: Numbers) -> Json:
    number = numbers.get(place_of(citation))
    return {"line": number} if number else {}


def source_json(citation: Citation) -> Json:
    """Where a line stands."""
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


def _cell(cell: Cell, numbers: Numbers) -> Json:
    if cell.position:
        return position_json(cell.position, numbers)
    blank: Json = {"stance": None, "as_of": None, "kind": None, "evidence": []}
    return {"actor": cell.holder.name, "topic": cell.topic_id, **blank}


def position_json(position: Position, numbers: Numbers = UNNUMBERED) -> Json:
    """A position with its evidence, the deciding one first."""
    return {
        "actor": position.holder.name,
        "topic": position.topic_id,
        "stance": position.stance.value if position.stance else None,
        "as_of": _as_of(position),
        "kind": position.kind.value,
        "evidence": [evidence_json(evidence, numbers) for evidence in position.evidence],
    }


def _as_of(position: Position) -> str | None:
    """As exactly as the deciding evidence is dated."""
    published = position.evidence[0].citation.published if position.evidence else None
    if position.as_of and published and published.at == position.as_of:
        return published.iso()
    return _iso(position.as_of)


def evidence_json(evidence: Evidence, numbers: Numbers = UNNUMBERED) -> Json:
    """One statement with its place, its speaker as the article says, and the rules that read it."""
    return {
        "text": evidence.text,
        "article": evidence.citation.location,
        **_file(evidence.citation),
        **_where(evidence.citation),
        "speaker": evidence.statement.speaker.text,
        "cue": evidence.statement.cue,
        "rule": " > ".join(evidence.statement.rules),
        **_line(evidence.citation, numbers),
    }


def shift_json(shift: Shift, numbers: Numbers = UNNUMBERED) -> Json:
    """A position that moved; `before` is null where one sentence reports the change."""
    return {
        "actor": shift.holder.name,
        "topic": shift.topic_id,
        "before": evidence_json(shift.before, numbers) if shift.before else None,
        "after": evidence_json(shift.after, numbers),
        "rule": shift.rule,
    }


def contested_json(contested: Contested, numbers: Numbers = UNNUMBERED) -> Json:
    """A claim and what is said against it."""
    return {
        "topic": contested.topic_id,
        "claim": evidence_json(contested.claim, numbers),
        "answer": evidence_json(contested.answer, numbers) if contested.answer else None,
        "rule": contested.rule,
    }


def _counts(counts: Counts) -> Json:
    return {
        "articles": counts.articles,
        "stories": counts.stories,
        "undated": counts.undated,
        "sentences": counts.sentences,
        "outlets": counts.outlets,
        "without_outlet": counts.nameless,
        "sources": counts.sources,
        "sources_failing": counts.sources_failing,
        "repeats": counts.repeats,
        "left_out": counts.left_out,
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
