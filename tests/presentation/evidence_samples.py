"""Quotes, a timeline, shifts, a comparison and a proof of the invented negotiation."""

from dataclasses import replace
from datetime import UTC, datetime

from bot.articles.model import Relation, cite
from bot.briefings.editions import Answer, Edition, EditionKind, Line, digest_of, ids_of, kind_of, lines_of
from bot.briefings.findings import Findings, Hit, Reply, Understood
from bot.briefings.model import Window, WindowReason
from bot.briefings.proofs import Carrier, LineState, Proof
from bot.language.seeking import Query, Term
from bot.positions.answers import Comparison, Quotes, Refusal, Row, Saying, ShiftLedger, Timeline, Unmoved, Verdict
from bot.positions.model import Holder, Position
from tests.presentation.samples import (
    ARTICLE,
    CONTESTED,
    LATER,
    LIND,
    POSITION,
    QUOTED,
    SECOND,
    SHIFT,
    TURNED,
    span_of,
)

NOON = datetime(2031, 5, 4, 12, tzinfo=UTC)
NORLAND = Holder("norland", "Norland")
COPY = replace(QUOTED, citation=replace(QUOTED.citation, article_id="a3", outlet="Coast Herald"))

QUOTES = Quotes("herring", LIND, "waters empty", (Saying(QUOTED, (COPY,), 1),), False, 2, "Q-00000001")
TIMELINE = Timeline("herring", LIND, "quota", (Saying(QUOTED, (), 1), Saying(TURNED, (), 1)), True, 2, "T-00000001")
LEDGER = ShiftLedger(
    dossier_id="herring",
    window=Window(None, None, WindowReason.EVERYTHING, "all"),
    shifts=(SHIFT,),
    unmoved=(Unmoved(NORLAND, "quota", TURNED, QUOTED, Refusal.SPEAKER),),
    has_more=False,
    articles=2,
    edition="S-00000001",
)
TURNED_POSITION: Position = replace(POSITION, holder=NORLAND, evidence=(TURNED,), as_of=None)
COMPARISON = Comparison(
    dossier_id="herring",
    first=LIND,
    second=NORLAND,
    topic_id=None,
    rows=(Row("quota", POSITION, TURNED_POSITION, Verdict.OPPOSITE),),
    silent=("ports",),
    contested=(CONTESTED,),
    articles=2,
    edition="C-00000001",
)
EVER = Window(None, None, WindowReason.EVERYTHING, "all")
HIT = Hit(QUOTED.text, QUOTED.citation, (COPY.citation,), 2, 1.5, 1.0, QUOTED)
BARE_HIT = replace(HIT, text=TURNED.text, citation=TURNED.citation, others=(), further=0, evidence=None)
FINDINGS = Findings(
    dossier_id="herring",
    sought="waters -empty",
    query=Query(((Term(("waters",)),),), (Term(("empty",)),)),
    holder=None,
    topic_id="quota",
    window=EVER,
    hits=(HIT, BARE_HIT),
    any_word=True,
    has_more=True,
    articles=2,
    edition="F-00000001",
)
REPLY = Reply(
    dossier_id="herring",
    question="What does Lind say about the quota?",
    understood=Understood((LIND,), "quota", ("waters",), (), EVER),
    hits=(HIT,),
    spoken_on=(),
    articles=2,
    edition="A-00000001",
)
NO_REPLY = replace(
    REPLY, understood=replace(REPLY.understood, unknown=("waters",)), hits=(), spoken_on=("quota",), edition=None
)


def edition_for(answer: Answer) -> Edition:
    """The edition that an answer makes."""
    lines = lines_of(answer)
    return Edition(ids_of(kind_of(answer), digest_of(lines))[0], digest_of(lines), kind_of(answer), NOON, lines)


EDITION = edition_for(LEDGER)
PROOF = Proof(
    edition=EDITION,
    number=1,
    line=EDITION.lines[0],
    state=LineState.HOLDS,
    citation=QUOTED.citation,
    sha256="ab" * 32,
    length=len(ARTICLE.text),
    stored_at=NOON,
    before="Mara Lind rejected a higher quota on Tuesday.",
    after="Her neighbours disagreed.",
    statements=(QUOTED.statement,),
    carriers=(
        Carrier(COPY.citation, Relation.COPY, "shares 9 of 10 passages with the fullest print"),
        Carrier(cite(SECOND, span_of(SECOND.text, LATER)), None, "another story with the same words"),
    ),
)
SHORT = Edition("Q-00000002", "d" * 64, EditionKind.QUOTES, NOON, (Line(QUOTED.text, QUOTED.citation),))
