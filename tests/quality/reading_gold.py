"""Our own reading gold: invented articles on invented negotiations, and a compact scorer of what is read in them.

The folders under `reading/` hold a dossier, articles and gold each, in the format of the development data, so that the
shared scorer runs on them too. Here everything is compared by place: a statement finds an entry if speaker, cue and
content together cover half of its evidence.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument
from bot.dossier import Dossier
from bot.language.lexicon import Lexicon
from bot.language.spans import Span
from bot.positions.model import Statement
from bot.positions.reader import Reader
from config.loading import load_dossier

READING = Path(__file__).parent / "reading"
NEGOTIATIONS = sorted(folder.name for folder in READING.iterdir() if (folder / "dossier.toml").is_file())
_HALF = 0.5
_MOST_OF_IT = 0.8
_SLACK = 160  # characters that a statement may be longer than its evidence


@dataclass(slots=True)
class Score:
    """Counts over one or more negotiations, and a line for each error."""

    entries: int = 0
    found: int = 0  # by any speaker
    right: int = 0  # by the right one
    misattributed: int = 0  # entries found that stand under somebody else's name (not: under no one)
    statements: int = 0
    founded: int = 0  # statements that some entry vouches for
    topics: int = 0
    topics_right: int = 0
    stances: int = 0
    stances_right: int = 0
    flips: int = 0
    negatives: int = 0
    negatives_read: int = 0
    errors: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, float]:
        """The shares that floors are pinned for."""
        return {
            "recall": self.right / self.entries,
            "precision": self.founded / self.statements,
            "actors": self.right / self.found,
            "topics": self.topics_right / self.topics,
            "stances": self.stances_right / self.stances,
        }


def score_all(lexicon: Lexicon) -> Score:
    """Read every article of every negotiation and count."""
    score = Score()
    for name in NEGOTIATIONS:
        _score_negotiation(score, READING / name, lexicon)
    return score


def _score_negotiation(score: Score, folder: Path, lexicon: Lexicon) -> None:
    dossier = load_dossier(folder / "dossier.toml")
    cleaner, reader = Cleaner(lexicon), Reader(lexicon, dossier)
    wanted, optional, negatives = (
        [json.loads(line) for line in (folder / "gold" / f"{kind}.jsonl").read_text("utf-8").splitlines()]
        for kind in ("positions", "optional", "negatives")
    )
    complete = json.loads((folder / "gold" / "exhaustive.json").read_text("utf-8"))["files"]
    for path in sorted((folder / "articles").glob("*.txt")):
        article = cleaner.clean(RawDocument(folder.name, path.name, path.read_bytes()), source_name="")
        assert isinstance(article, Article)
        marker = _Marker(score, dossier, article, reader.read(article).statements, f"{folder.name}/{path.stem}")
        own = [entry for entry in wanted if entry["article"] == path.name]
        for entry in own:
            marker.mark(entry)
        if path.name in complete:
            marker.mark_precision(own + [entry for entry in optional if entry["article"] == path.name])
        for negative in negatives:
            if negative["article"] == path.name:
                marker.mark_negative(negative["text"])


@dataclass(frozen=True, slots=True)
class _Marker:
    """Marks the statements of one article."""

    score: Score
    dossier: Dossier
    article: Article
    statements: Sequence[Statement]
    place: str

    def mark(self, entry: dict[str, Any]) -> None:
        """Whether an entry was found, under the right name, with its topic and stance."""
        score, span = self.score, self._place_of(entry["evidence"])
        score.entries += 1
        near = [one for one in self.statements if span is not None and _finds(one, span)]
        right = [one for one in near if self._is_by(one, entry)]
        score.found += bool(near)
        if not right:
            named = [one for one in near if one.speaker.name is not None]
            score.misattributed += bool(named)
            self._note("missed" if not near else "wrong person" if named else "no person", entry, near)
            return
        score.right += 1
        best = max(right, key=lambda one: _overlap(_whole(one), span) if span else 0)
        self._mark_view(entry, best)

    def _mark_view(self, entry: dict[str, Any], statement: Statement) -> None:
        score = self.score
        if entry["topic"] is not None:
            score.topics += 1
            is_right = bool({entry["topic"], *entry.get("topic_alt", ())} & set(statement.topics))
            score.topics_right += is_right
            if not is_right:
                self._note("topic", entry, [statement])
        if entry["stances"]:
            given = str(statement.stance or "unclear")
            score.stances += 1
            score.stances_right += given in entry["stances"]
            is_flip = {given, *entry["stances"]} >= {"for", "against"} and given not in entry["stances"]
            score.flips += is_flip
            if given not in entry["stances"]:
                self._note("FLIP" if is_flip else "stance", entry, [statement])

    def mark_precision(self, entries: Sequence[dict[str, Any]]) -> None:
        """Whether each statement is vouched for by an entry of its speaker."""
        spans = [(entry, self._place_of(entry["evidence"])) for entry in entries]
        for one in self.statements:
            mine = [span for entry, span in spans if span is not None and self._is_by(one, entry)]
            is_founded = any(_finds(one, span) for span in mine) or _covered(one.content, mine) >= _HALF
            self.score.statements += 1
            self.score.founded += is_founded
            if not is_founded:
                self.score.errors.append(f"{self.place}: unfounded: {one.speaker.name} | {self._text(one)}")

    def mark_negative(self, text: str) -> None:
        """Whether something came out as a statement that must not."""
        self.score.negatives += 1
        span = self._place_of(text)
        for one in self.statements:
            read = (
                one.quote if one.quote is not None and len(one.quote) > _MOST_OF_IT * len(one.content) else one.content
            )
            if span is not None and _overlap(read, span) >= _MOST_OF_IT * len(span) and len(read) <= 1.25 * len(span):
                self.score.negatives_read += 1
                self.score.errors.append(f"{self.place}: NEGATIVE: {one.speaker.name} | {text}")
                return

    # ------------------------------------------------------------------ parts
    def _place_of(self, evidence: str) -> Span | None:
        start = self.article.text.find(evidence)
        return None if start < 0 else Span(start, start + len(evidence))

    def _is_by(self, statement: Statement, entry: dict[str, Any]) -> bool:
        wanted = [entry["actor"], *entry.get("actor_alt", ())]
        speaker = statement.speaker
        if speaker.actor_id is not None:
            actor = self.dossier.actor(speaker.actor_id)
            return actor is not None and actor.name in wanted
        names = {speaker.name.casefold(), speaker.text.casefold()} if speaker.name else {speaker.text.casefold()}
        return any(
            name.casefold() in names
            or (name[0].islower() and speaker.name is None and bool(_words(name) & _words(speaker.text)))
            for name in wanted
        )

    def _text(self, statement: Statement) -> str:
        return self.article.text[statement.content.start : statement.content.end][:100]

    def _note(self, kind: str, entry: dict[str, Any], near: Iterable[Statement]) -> None:
        got = "; ".join(f"{one.speaker.name} {one.topics} {one.stance}" for one in near)
        wanted = f"{entry['actor']} {entry['topic']} {entry['stances']}"
        self.score.errors.append(f"{self.place}: {kind}: {wanted} | {entry['evidence'][:90]} | {got}")


def _whole(statement: Statement) -> Span:
    """Speaker, cue and content as one stretch, as far as they stand beside each other."""
    parts = [part for part in (statement.speaker.span, statement.cue_span) if part is not None]
    near = [
        part
        for part in parts
        if abs(part.start - statement.content.start) <= _SLACK or part.end >= statement.content.start
    ]
    start = min([statement.content.start, *(part.start for part in near)])
    return Span(start, max([statement.content.end, *(part.end for part in near)]))


def _finds(statement: Statement, evidence: Span) -> bool:
    covers = _overlap(_whole(statement), evidence) >= _HALF * len(evidence)
    return covers and len(statement.content) <= len(evidence) + _SLACK and _overlap(statement.content, evidence) > 0


def _overlap(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _covered(span: Span, by: Sequence[Span]) -> float:
    return len({at for one in by for at in range(max(one.start, span.start), min(one.end, span.end))}) / max(
        len(span), 1
    )


def _words(text: str) -> set[str]:
    return set(text.casefold().split()) - {"the", "a", "an", "of", "to", "in"}
