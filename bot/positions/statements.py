"""Statements of one article: reports found in each sentence, direct speech given to its speaker, actors resolved."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter

from bot.dossier import Dossier
from bot.language.blocks import Block, BlockKind
from bot.language.clauses import clause_subject, opening_subject
from bot.language.lexicon import Lexicon
from bot.language.names import compile_names
from bot.language.quotations import Quotation, find_quotations
from bot.language.sentences import Sentence
from bot.language.spans import Span, trimmed
from bot.language.tokens import SPEECH, Tagger, Tokens
from bot.positions.actors import ActorResolver
from bot.positions.cast import Cast
from bot.positions.cues import compile_cues
from bot.positions.fronted import asked_before
from bot.positions.lead_ins import LeadIn, find_colon_report, find_listing, split_items
from bot.positions.model import Mode, Skipped, Speaker, Statement
from bot.positions.report_finder import ReportFinder
from bot.positions.reports import UNSAID, Report
from bot.positions.roster import compile_roster
from bot.positions.speech import after_dateline, find_speech, is_title, merge_sentences, speaker_beside
from bot.positions.transcripts import Turn, find_turns, transcript_name

_PREDICATES = frozenset({"object", "to", "about", "noun", "person-to"})
_UTTERED = frozenset({"clause", "bare", "quote", "fronted", "gap", "colon", "as-clause"})
_SHORT = 2  # tokens
_JOINT = 8  # characters between quoted words that a conjunction joins
_QUOTE_ENDS = "\"”’'»"
_SURE_NAME = 0.8  # certainty from which a single line "NAME: ..." is somebody's
_BARE = 3  # tokens up to which a predicate takes its subject along
_NOBODY = Speaker("", None, None, None, None, 0.0, "nobody is named")


_start = attrgetter("span.start")


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks, by which cue, and the rules that say so."""

    speaker: Speaker
    cue_span: Span | None
    rules: tuple[str, ...]


@dataclass(slots=True)
class _Article:
    """What is known of the article under the reader's eyes."""

    text: str
    blocks: Sequence[Block]
    sentences: Sequence[Sentence]
    tokens: Tokens
    resolver: ActorResolver
    quotations: Sequence[Quotation]
    speech: dict[int, Quotation]  # token -> direct speech
    turns: Mapping[int, Turn]
    statements: list[Statement] = field(default_factory=list)
    last_speech: tuple[int, Statement] | None = None  # block and statement of the last direct speech
    pending: tuple[int, Statement] | None = None  # the last speaker and the block where they spoke
    lead_in: LeadIn | None = None
    listed: int = -1  # the block of the lead-in, then of the last bullet under it
    held: list[int] = field(default_factory=list)  # speech that waits for its speaker in the next paragraph
    transcribed: int = -1  # the block last read as a line of a transcript
    announced: tuple[int, Voice] | None = None  # block that says who speaks next, and who

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds the character `offset`."""
        at = bisect_right(self.sentences, offset, key=_start) - 1
        return self.sentences[max(at, 0)]


class StatementFinder:
    """Finds who said what. Built once from lexicon and dossier; pure."""

    def __init__(self, lexicon: Lexicon, dossier: Dossier) -> None:
        cues = compile_cues(lexicon)
        self._cues = cues
        self._reports = ReportFinder(cues)
        self._names = compile_names(lexicon)
        self._roster = compile_roster(dossier, self._names)
        self._tagger = Tagger(lexicon, cues.tags, self._roster.by_surname)
        words = lexicon.section("grammar")["words"]
        self._joining = frozenset(words["conjunction_and"]) | frozenset(words["conjunction_but"])

    def find(
        self, text: str, blocks: tuple[Block, ...], sentences: Sequence[Sentence]
    ) -> tuple[tuple[Statement, ...], tuple[Skipped, ...]]:
        """All statements in reading order, and the blocks that could not be read."""
        quotations = find_quotations(text, blocks)
        skipped = tuple(Skipped(blocks[number].span, "unclosed quotation mark") for number in quotations.unclosed)
        closed = [s for s in sentences if s.block not in quotations.unclosed]
        if not closed:
            return (), skipped
        direct = find_speech(text, quotations.found, blocks, self._joining)
        units = merge_sentences(closed, [q.outer for q in direct])
        tokens = self._tagger.tag(text, units, [q.outer for q in direct])
        headings = [block.span.of(text) for block in blocks if block.kind in (BlockKind.TITLE, BlockKind.HEADING)]
        cast = Cast(tokens, self._names, self._roster, headings)
        bounds = [(tokens.index_at(unit.start), tokens.index_at(unit.end)) for unit in units]
        starts = [after_dateline(tokens, low, high) if high > low else low for low, high in bounds]
        paragraphs = [
            start for start in (tokens.index_at(block.span.start) for block in blocks) if start < len(tokens.tags)
        ]
        resolver = ActorResolver(tokens, cast, self._names, self._roster, (starts, paragraphs))
        speech = {tokens.index_at(q.outer.start): q for q in direct}
        turns = find_turns(text, blocks, self._names)
        article = _Article(text, blocks, closed, tokens, resolver, quotations.found, speech, turns)
        for low, (_, high) in zip(starts, bounds, strict=True):
            if high > low:
                self._read_unit(article, low, high)
        in_order = sorted(article.statements, key=lambda statement: statement.content.start)
        return tuple(in_order), skipped

    # ------------------------------------------------------------------ units
    def _read_unit(self, article: _Article, low: int, high: int) -> None:
        tokens = article.tokens
        block = article.sentence_at(tokens.starts[low]).block
        article.resolver.note_opening(low, high)
        reports = self._reports.find(tokens, low, high)
        colon = find_colon_report(tokens, low, high, self._cues, reports)
        if colon is not None and colon.report is not None:
            reports = [r for r in reports if r.cue[0] < colon.report.content[0]] + [colon.report]
        if self._read_turn(article, block):
            return
        if self._read_bullet(article, block, low, high, bool(reports)):
            return
        article.lead_in = None if article.blocks[block].kind is not BlockKind.BULLET else article.lead_in
        lead_in = colon if colon is not None and colon.report is None else find_listing(tokens, high, reports)
        if lead_in is not None:
            article.lead_in = replace(lead_in, speaker=article.resolver.resolve(lead_in.holder))
            article.listed = block
        self._emit(article, block, low, high, reports)
        if tokens.tags[high - 1] == ":" and article.announced is None:
            self._announce_subject(article, block, low, high)

    def _emit(self, article: _Article, block: int, low: int, high: int, reports: Sequence[Report]) -> None:
        reports = [kept for report in reports if (kept := _within_its_quotation(article, report)) is not None]
        unsaid = [report.content for report in reports if report.frame == UNSAID]
        spoken = {report.content[0]: report for report in reports if report.is_quote}
        order: list[tuple[int, Report | None]] = [
            (r.cue[0], r) for r in reports if not r.is_quote and r.frame != UNSAID
        ]
        speech = [at for at in range(low, high) if article.tokens.tags[at] == SPEECH]
        speech = [at for at in speech if at in spoken or not any(first <= at < last for first, last in unsaid)]
        order.extend((at, spoken.get(at)) for at in speech)
        for at, report in sorted(order, key=lambda pair: pair[0]):
            if report is None:
                self._add_uncued(article, at, block, (low, high))
            elif report.frame == "intro":
                self._announce(article, block, low, report)
            elif report.is_quote:
                self._add_speech(article, at, block, low, report)
            else:
                self._add_report(article, block, low, report)

    def _add_report(self, article: _Article, block: int, low: int, report: Report) -> None:
        span = _content_span(article, *_evidence(report))
        if len(span) == 0:
            return
        speakers = self._speakers(article, report, low)
        if not self._is_agent(article, report, speakers[0]):
            return
        for speaker in speakers:
            self._append_report(article, block, report, speaker, span)

    def _is_agent(self, article: _Article, report: Report, speaker: Speaker) -> bool:
        """Whether the subject can hold a view: of things, inferences and views are the writer's own."""
        if speaker.name is not None or report.subject is None:
            return True
        if report.frame not in _UTTERED and article.resolver.is_writer(report.subject):
            return False
        needs_agent = (
            report.frame not in _UTTERED or report.mode is Mode.REPORTED or report.lemma in self._cues.inference
        )
        return not needs_agent or article.resolver.is_agent(report.subject)

    def _append_report(self, article: _Article, block: int, report: Report, speaker: Speaker, span: Span) -> None:
        tokens = article.tokens
        quote = _longest_quote(article.text, article.quotations, span)
        statement = Statement(
            article.sentence_at(span.start).index,
            report.mode,
            speaker,
            article.text[tokens.starts[report.cue[0]] : tokens.ends[report.cue[1] - 1]],
            tokens.span(*report.cue),
            span,
            quote,
            rules=report.rules,
        )
        article.statements.append(statement)
        article.pending = (block, statement)

    def _speakers(self, article: _Article, report: Report, low: int) -> tuple[Speaker, ...]:
        """The speakers of a report: one for each name of "X and Y"; of a post or letter, whoever made it."""
        if report.subject is None:
            return (_NOBODY,)
        is_before = report.frame in ("fronted", "quote")
        avoid = report.content if is_before else asked_before(article.tokens, low, report.cue[0])
        if report.frame in ("noun", "relative-object"):  # named in passing: no one whom the next pronoun means
            return (article.resolver.resolve(report.subject, avoid, in_passing=True),)
        speakers = article.resolver.resolve_each(report.subject, avoid)
        if speakers[0].name is None and article.resolver.is_document(report.subject):
            first = (report.subject.antecedent or (report.subject.first, 0))[0]
            maker = clause_subject(article.tokens, first, low) or opening_subject(article.tokens, low, first)
            if maker is not None:
                made = article.resolver.resolve(maker, avoid)
                why = f"{made.why}; made the {speakers[0].text}"
                return (replace(made, why=why, certainty=round(made.certainty * 0.8, 2)),)
        return speakers

    def _speaker(self, article: _Article, report: Report, low: int) -> Speaker:
        return self._speakers(article, report, low)[0]

    # ----------------------------------------------------------------- speech
    def _announce(self, article: _Article, block: int, low: int, report: Report) -> None:
        """ "X continued:" at the end of a paragraph: the next one is theirs."""
        voice = Voice(self._speaker(article, report, low), article.tokens.span(*report.cue), report.rules)
        article.announced = (block, voice)

    def _announce_subject(self, article: _Article, block: int, low: int, high: int) -> None:
        """ "X made this comment:" without a cue of speech: whoever acts there speaks next."""
        subject = clause_subject(article.tokens, high, low)
        if subject is not None:
            cue_span = article.tokens.span(high - 1, high)
            article.announced = (block, Voice(article.resolver.resolve(subject), cue_span, ("speech:announced",)))

    def _add_speech(self, article: _Article, at: int, block: int, low: int, report: Report) -> None:
        cue_span = article.tokens.span(*report.cue)
        self._append_speech(article, at, block, Voice(self._speaker(article, report, low), cue_span, report.rules))

    def _add_uncued(self, article: _Article, at: int, block: int, unit: tuple[int, int]) -> None:
        """Speech without a cue in its sentence."""
        announced, article.announced = article.announced, None
        if announced is not None and block - announced[0] <= 1:
            voice: Voice | None = announced[1]
        else:
            voice = self._voice_beside(article, at, unit) or self._voice_before(article, at, block)
        if voice is not None:
            self._append_speech(article, at, block, voice)
        elif article.speech[at].goes_on:
            article.held.append(at)

    @staticmethod
    def _voice_beside(article: _Article, at: int, unit: tuple[int, int]) -> Voice | None:
        """Who speaks by the sentence itself: a name before a colon, or whoever acts beside the speech."""
        named = transcript_name(article.text, article.speech[at].inner)
        if named is not None:
            return Voice(article.resolver.resolve_name(named), None, ("speech:transcript",))
        low, high = unit
        beside = speaker_beside(article.tokens, at, low, high) if SPEECH not in article.tokens.tags[low:at] else None
        return None if beside is None else Voice(article.resolver.resolve(beside), None, ("speech:beside",))

    @staticmethod
    def _voice_before(article: _Article, at: int, block: int) -> Voice | None:
        """Who speaks by what stands before: the same speech going on, or the last named speaker."""
        if article.last_speech is not None:
            last_block, last = article.last_speech
            if last_block == block or (article.speech[at].continues and last_block == block - 1):
                rule = "speech:continued" if last_block == block else "speech:next-paragraph"
                return Voice(last.speaker, last.cue_span, (*last.rules[:3], rule))
        if article.pending is None or block - article.pending[0] > 1 or not article.pending[1].speaker.name:
            return None
        speaker = article.pending[1].speaker
        if article.resolver.is_joined_by_another(speaker, article.pending[1].content.end, at):
            return None
        why = speaker.why + "; speech without a cue beside it"
        speaker = replace(speaker, certainty=round(speaker.certainty * 0.7, 2), why=why)
        return Voice(speaker, None, ("speech:last-speaker",))

    def _append_speech(self, article: _Article, at: int, block: int, voice: Voice) -> None:
        inner = article.speech[at].inner
        named = transcript_name(article.text, inner)
        if named is not None:
            inner = trimmed(article.text, Span(min(named.end + 1, inner.end), inner.end))
        cue = voice.cue_span.of(article.text) if voice.cue_span is not None else ""
        sentence = article.sentence_at(inner.start).index
        statement = Statement(sentence, Mode.QUOTE, voice.speaker, cue, voice.cue_span, inner, inner, rules=voice.rules)
        article.statements.append(statement)
        article.last_speech = article.pending = (block, statement)
        held, article.held = article.held, []
        if article.speech[at].continues:  # paragraphs of one quotation whose speaker is named only now
            earlier = replace(voice, rules=(*voice.rules[:3], "speech:paragraph-before"))
            for paragraph in held:
                self._append_speech(article, paragraph, block, earlier)

    def _read_turn(self, article: _Article, block: int) -> bool:
        """A paragraph of an interview: one statement of the whole of it, none of a question. False where it is none."""
        turn = article.turns.get(block)
        if turn is None:
            return False
        if article.transcribed == block or turn.is_question:
            return True
        speaker = article.resolver.resolve_name(turn.name)
        if turn.is_alone and speaker.certainty < _SURE_NAME:
            return False
        article.transcribed = block
        sentence = article.sentence_at(turn.content.start).index
        rules = ("speech:transcript-continued" if turn.goes_on else "speech:transcript",)
        statement = Statement(sentence, Mode.QUOTE, speaker, ":", None, turn.content, None, rules=rules)
        article.statements.append(statement)
        article.pending = (block, statement)
        return True

    # ---------------------------------------------------------------- bullets
    def _read_bullet(self, article: _Article, block: int, low: int, high: int, has_reports: bool) -> bool:
        """A bullet under a lead-in that names its holder: one statement an item. False where it is none."""
        lead_in = article.lead_in
        if lead_in is None or article.blocks[block].kind is not BlockKind.BULLET or block - article.listed > 1:
            return False
        article.listed = block
        if has_reports:
            return False
        if lead_in.speaker is None or not lead_in.speaker.text:
            return False
        for first, last in split_items(article.tokens, low, high):
            span = _content_span(article, first, last)
            article.statements.append(
                Statement(
                    article.sentence_at(span.start).index,
                    Mode.REPORTED,
                    lead_in.speaker,
                    lead_in.cue_span.of(article.text) if lead_in.cue_span else "",
                    lead_in.cue_span,
                    span,
                    None,
                    rules=("lead-in:bullets",),
                )
            )
        return True


def _within_its_quotation(article: _Article, report: Report) -> Report | None:
    """A report whose cue stands in quoted words ends with them; None where only its cue does and its subject is another
    verb's outside ("X said Y “wants it and calls it fair”": Y calls, not X)."""
    at = article.tokens.starts[report.cue[0]]
    around = next((q.outer for q in article.quotations if q.outer.start < at < q.outer.end), None)
    if around is None or article.tokens.tags[report.cue[0]] == SPEECH:
        return report
    subject = report.subject
    if subject is not None and report.rules[2].startswith("subject:shared"):
        return report if article.tokens.starts[subject.first] >= around.start else None
    last = max(article.tokens.index_at(around.end), report.content[0] + 1)
    first = report.content[0]
    return report._replace(content=(first, min(report.content[1], last))) if first >= report.cue[0] else report


def _evidence(report: Report) -> tuple[int, int]:
    """The content in tokens; what the narrator tells of acts and views keeps its verb, which carries the meaning."""
    first, last = report.content
    if (
        report.frame in _PREDICATES
        and (report.mode is Mode.REPORTED or last - first <= _SHORT)
        and report.cue[0] < first
    ):
        first = report.cue[0]
        if last - first <= _BARE and report.subject is not None and report.subject.last == first:
            first = report.subject.first
    return first, last


def _content_span(article: _Article, first: int, last: int) -> Span:
    """Characters of the content, with the quotation marks that belong to it."""
    span = article.tokens.span(first, last)
    start, end = span.start, span.end
    for quotation in article.quotations:
        if quotation.outer.start > end + _JOINT:
            break
        if quotation.outer.start < start < quotation.inner.end:
            start = quotation.outer.start
        if start <= quotation.outer.start and quotation.inner.start < end < quotation.inner.end:
            end = quotation.outer.end  # a content never ends in the midst of quoted words
        if quotation.inner.end <= end + 1 and quotation.outer.end > end and quotation.outer.start >= start:
            end = quotation.outer.end
        if end < quotation.outer.start and _is_joined(article, end, quotation):
            end = quotation.outer.end
    return trimmed(article.text, Span(start, end))


def _is_joined(article: _Article, end: int, quotation: Quotation) -> bool:
    """ "about “one thing” and “another”": whether only a conjunction stands between words that are no speech."""
    tokens = article.tokens
    first, last = tokens.index_at(end), tokens.index_at(quotation.outer.start)
    if not first < last <= first + 2 or article.text[end - 1] not in _QUOTE_ENDS:
        return False
    return set(tokens.tags[first:last]) <= set("c,") and tokens.tags[last : last + 1] != SPEECH


def _longest_quote(text: str, quotations: Sequence[Quotation], span: Span) -> Span | None:
    inside = [q.inner for q in quotations if span.contains(q.outer) and not is_title(q.inner.of(text))]
    return max(inside, key=len, default=None)
