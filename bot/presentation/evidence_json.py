"""Quotes, timelines, shifts, comparisons and proofs for programs. Keys are a promise, as in `json`."""

from bot.briefings.editions import Numbers, numbers_of
from bot.briefings.proofs import Carrier, Proof, Ruling, is_held
from bot.language.spans import Span
from bot.positions.answers import Comparison, Quotes, Row, Saying, ShiftLedger, Timeline, Unmoved
from bot.positions.model import Holder, Position, Statement
from bot.positions.sayings import quoted_text
from bot.presentation.json import (
    VERSION,
    Json,
    contested_json,
    edition_json,
    evidence_json,
    position_json,
    shift_json,
    source_json,
    window_json,
)


def quotes_json(quotes: Quotes) -> Json:
    """Quotes, newest first; `quote` is what stands within the source's own quotation marks."""
    numbers = numbers_of(quotes)
    return {
        "version": VERSION,
        "dossier": quotes.dossier_id,
        "actor": _name(quotes.holder),
        "text": quotes.text,
        "quotes": [_saying(saying, numbers) | {"quote": quoted_text(saying.evidence)} for saying in quotes.sayings],
        "more": quotes.has_more,
        "articles": quotes.articles,
        **edition_json(quotes),
    }


def timeline_json(timeline: Timeline) -> Json:
    """Statements, newest first, undated last."""
    numbers = numbers_of(timeline)
    return {
        "version": VERSION,
        "dossier": timeline.dossier_id,
        "actor": _name(timeline.holder),
        "topic": timeline.topic_id,
        "statements": [_saying(saying, numbers) for saying in timeline.sayings],
        "more": timeline.has_more,
        "articles": timeline.articles,
        **edition_json(timeline),
    }


def shifts_json(ledger: ShiftLedger) -> Json:
    """Shifts, newest first, and what is not counted as one."""
    numbers = numbers_of(ledger)
    return {
        "version": VERSION,
        "dossier": ledger.dossier_id,
        "window": window_json(ledger.window),
        "shifts": [shift_json(shift, numbers) for shift in ledger.shifts],
        "not_counted": [_unmoved(unmoved, numbers) for unmoved in ledger.unmoved],
        "more": ledger.has_more,
        "articles": ledger.articles,
        **edition_json(ledger),
    }


def comparison_json(comparison: Comparison) -> Json:
    """Topic by topic; null for who was not found to speak."""
    numbers = numbers_of(comparison)
    return {
        "version": VERSION,
        "dossier": comparison.dossier_id,
        "first": comparison.first.name,
        "second": comparison.second.name,
        "topics": [_row(row, numbers) for row in comparison.rows],
        "silent": list(comparison.silent),
        "contested": [contested_json(contested, numbers) for contested in comparison.contested],
        "articles": comparison.articles,
        **edition_json(comparison),
    }


def proof_json(proof: Proof) -> Json:
    """A proof; `text` is null where the store does not hold the line any more."""
    held = is_held(proof.state)
    return {
        "version": VERSION,
        "edition": proof.edition.id,
        "line": proof.number,
        "state": proof.state.value,
        "removed_at": proof.removed_at.isoformat() if proof.removed_at else None,
        "text": proof.line.text if held else None,
        "source": source_json(proof.citation) | {"author": proof.citation.author},
        "sha256": proof.sha256,
        "first_stored": proof.stored_at.isoformat() if proof.stored_at else None,
        "before": proof.before,
        "after": proof.after,
        "statements": [_statement(statement) for statement in proof.statements],
        "carriers": [_carrier(carrier) for carrier in proof.carriers],
        "rulings": [_ruling(ruling) for ruling in proof.rulings],
    }


def _saying(saying: Saying, numbers: Numbers) -> Json:
    one = saying.evidence
    return evidence_json(one, numbers) | {
        "actor": one.statement.speaker.actor_id,
        "name": one.statement.speaker.name,
        "kind": one.statement.mode.value,
        "topics": list(one.statement.topics),
        "stance": one.statement.stance.value if one.statement.stance else None,
        "also_in": [source_json(other.citation) for other in saying.others],
        "independent": saying.independent,
    }


def _unmoved(unmoved: Unmoved, numbers: Numbers) -> Json:
    return {
        "actor": unmoved.holder.name,
        "topic": unmoved.topic_id,
        "before": evidence_json(unmoved.before, numbers),
        "after": evidence_json(unmoved.after, numbers),
        "reason": unmoved.refusal.value,
    }


def _row(row: Row, numbers: Numbers) -> Json:
    return {
        "topic": row.topic_id,
        "verdict": row.verdict.value,
        "first": _held(row.first, numbers),
        "second": _held(row.second, numbers),
    }


def _held(position: Position | None, numbers: Numbers) -> Json | None:
    return position_json(position, numbers) if position else None


def _statement(statement: Statement) -> Json:
    return {
        "speaker": statement.speaker.text,
        "actor": statement.speaker.actor_id,
        "name": statement.speaker.name,
        "certainty": statement.speaker.certainty,
        "why": statement.speaker.why,
        "kind": statement.mode.value,
        "cue": statement.cue,
        "content": _span(statement.content),
        "quote": _span(statement.quote) if statement.quote else None,
        "topics": list(statement.topics),
        "stance": statement.stance.value if statement.stance else None,
        "rules": list(statement.rules),
    }


def _ruling(ruling: Ruling) -> Json:
    """What was put right; `speaker` is null for nobody, and not there where it was left as it is. So is `stance`."""
    first = ruling.overrides[0]
    said = {} if first.speaker is None else {"speaker": first.speaker or None}
    said |= {} if first.stance is None else {"stance": first.stance.value}
    return {
        "report": ruling.number,
        "decided_at": ruling.decided_at.isoformat(),
        "by": "operator" if ruling.by_operator else "server",
        "withdrawn": ruling.withdraws,
        **said,
    }


def _carrier(carrier: Carrier) -> Json:
    relation = carrier.relation.value if carrier.relation else None
    return source_json(carrier.citation) | {"relation": relation, "reason": carrier.reason}


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _name(holder: Holder | None) -> str | None:
    return holder.name if holder else None
