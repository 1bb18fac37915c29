"""Cleaning: from a raw document to an article, by minimal intervention."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from bot.articles.agencies import AgencyFinder
from bot.articles.boilerplate import Boilerplate
from bot.articles.captions import Captions
from bot.articles.dates import parse_published
from bot.articles.identity import article_id, content_hash
from bot.articles.junk_lines import find_junk_lines
from bot.articles.lines import Line, split_lines
from bot.articles.metadata import Found, MetadataLines
from bot.articles.model import Article, Dropped, RawDocument, Unusable
from bot.articles.opening import Opened, open_document
from bot.articles.structure import assemble, is_prose
from bot.articles.title import find_title_line, same_title, title_text
from bot.language.lexicon import Lexicon

_RULES_VERSION = "1"
_SHAPE = "shape of the line"
_BESIDE_NAMES = frozenset({"byline", "date", "outlet", "read time"})  # what stands above or below an author's bare name
_REPEATED = "repeats over the source"
_CAPTION = "caption"
_CREDIT_WORDS = 9  # at most, of a photographer's credit on its own line
_MARK_WORDS = 2  # at most, of a line that announces a picture ("Image")
_TAIL_LINES = 4  # or an eighth of a text, where notes on the author stand
_HEAD_LINES = 14  # lines from the top among which bylines and dates are looked for
_FRONT_LINES = 3  # lines from the top where "Key: value" counts though other lines stand above it
_HEAD_PROSE = 3  # paragraphs after which a text's head is over


@dataclass(frozen=True, slots=True)
class Verdict:
    """What cleaning decided about one line: `rule` is None where it is kept; `found` is the metadata it holds."""

    line: Line
    rule: str | None = None
    found: Found | None = None
    is_title: bool = False


class Cleaner:
    """Cleans documents by the `cleaning` section of a lexicon. `version` changes with rules and lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._language = lexicon.language
        self._boilerplate = Boilerplate(lexicon)
        self._captions = Captions(lexicon)
        self._metadata = MetadataLines(lexicon)
        self._agencies = AgencyFinder(lexicon)
        self.version = hashlib.sha256(f"{_RULES_VERSION}:{lexicon.digest}".encode()).hexdigest()[:16]

    def clean(
        self,
        document: RawDocument,
        *,
        source_name: str,
        repeated: frozenset[str] = frozenset(),
        not_after: datetime | None = None,
    ) -> Article | Unusable:
        """The article in `document`, or why there is none.

        `repeated` are lines that recur over the source (see `find_repeated_lines`); `source_name` is how the source
        is called, for lines that only repeat it; a publication time after `not_after` is refused.
        """
        opened = open_document(document)
        if isinstance(opened, Unusable):
            return opened
        given = opened.fields["title"][0] if "title" in opened.fields else None
        verdicts = self.examine(opened.text, repeated=repeated | {source_name}, title=given)
        kept = [verdict.line for verdict in verdicts if verdict.rule is None]
        if not kept:
            return Unusable(document.location, "nothing is left after cleaning")
        article = self._article(document, opened, verdicts, kept, not_after)
        if isinstance(article, Unusable):
            return article
        language = self._foreign(document.hints.get("language", ""))
        return replace(article, agency=self._agencies.agency_of(article), language=language)

    def _foreign(self, tag: str) -> str | None:
        """The language of a tag such as "de-AT", if it is another one than the texts are read in."""
        language = tag.strip().replace("_", "-").partition("-")[0].casefold()
        is_one = len(language) == 2 and language.isascii() and language.isalpha()
        return language if is_one and language != self._language else None

    def examine(
        self, text: str, *, repeated: frozenset[str] = frozenset(), title: str | None = None
    ) -> tuple[Verdict, ...]:
        """A verdict on every line of a decoded text that is not blank: first by rules, then by shape.

        `title` is the title as source or page say it, if they do.
        """
        verdicts = self.examine_by_rules(text, repeated=repeated)
        lines = [verdict.line for verdict in verdicts]
        rules = [verdict.rule for verdict in verdicts]
        known = title or next((one.found.title for one in verdicts if one.found and one.found.title), None)
        headline = find_title_line(lines, rules, known)
        junk = find_junk_lines(lines, [rule is not None for rule in rules])
        return tuple(_by_shape(verdict, bad, headline) for verdict, bad in zip(verdicts, junk, strict=True))

    def examine_by_rules(self, text: str, *, repeated: frozenset[str] = frozenset()) -> tuple[Verdict, ...]:
        """What the rules alone say of every line."""
        verdicts = [Verdict(line) for line in split_lines(text)]
        verdicts = self._read_head(verdicts)
        tail = len(verdicts) - max(_TAIL_LINES, len(verdicts) // 8)
        verdicts = [self._by_rule(verdict, repeated, in_tail=at >= tail) for at, verdict in enumerate(verdicts)]
        return tuple(self._read_captions(self._read_names(verdicts)))

    def _read_head(self, verdicts: list[Verdict]) -> list[Verdict]:
        """Find front matter, bylines and dates above and just below the first paragraphs."""
        out: list[Verdict] = []
        prose = 0
        in_front = True
        for index, verdict in enumerate(verdicts):
            line = verdict.line
            if index >= _HEAD_LINES or prose >= _HEAD_PROSE:
                return out + verdicts[index:]
            found = self._metadata.front_matter(line) if in_front or index <= _FRONT_LINES else None
            in_front = in_front and found is not None
            found = found or self._metadata.head(line)
            prose += found is None and is_prose(line)
            out.append(Verdict(line, found.rule, found) if found else verdict)
        return out

    def _by_rule(self, verdict: Verdict, repeated: frozenset[str], *, in_tail: bool) -> Verdict:
        line = verdict.line
        if verdict.rule is not None:
            return verdict
        if line.text in repeated:
            return replace(verdict, rule=_REPEATED)
        if found := self._metadata.first_on(line):
            return Verdict(line, found.rule, found)
        if rule := self._boilerplate.rule_for(line, in_tail=in_tail):
            return Verdict(line, rule.name, self._metadata.copyright(line))
        return replace(verdict, rule=_CAPTION) if self._captions.is_caption(line) else verdict

    def _read_names(self, verdicts: list[Verdict]) -> list[Verdict]:
        """A name alone on its line is author or outlet where a date, a byline or a time to read stands beside it."""
        out = list(verdicts)
        for at in 2 * [*reversed(range(1, min(len(out), _HEAD_LINES)))]:  # a name found makes its neighbour one
            beside = {one.rule for one in (*out[at - 1 : at], *out[at + 1 : at + 2])}
            if out[at].rule in (None, _REPEATED) and beside & _BESIDE_NAMES:
                found = self._metadata.beside_head(out[at].line)
                if out[at].rule and not (found and found.outlet):
                    continue  # of lines that recur, an outlet's name alone says something about the article
                if found and found.outlet and any(one.rule == "outlet" for one in out):
                    found = Found("byline", author=found.outlet)  # an agency above the outlet that prints its text
                out[at] = Verdict(out[at].line, found.rule, found) if found else out[at]
        return out

    def _read_captions(self, verdicts: list[Verdict]) -> list[Verdict]:
        """One sentence above a credit that stands on its own line is the caption that the credit belongs to."""
        out = list(verdicts)
        for at in range(1, len(verdicts) - 1):
            above, verdict, below = verdicts[at - 1 : at + 2]
            is_credit = below.rule == _CAPTION and below.line.words <= _CREDIT_WORDS and not below.line.ends_sentence
            is_marked = above.rule == _CAPTION and above.line.words <= _MARK_WORDS
            if is_credit and verdict.rule is None and (is_marked or self._captions.is_caption_by_place(verdict.line)):
                out[at] = replace(verdict, rule=_CAPTION)
        return out

    def _article(
        self,
        document: RawDocument,
        opened: Opened,
        verdicts: tuple[Verdict, ...],
        kept: list[Line],
        not_after: datetime | None,
    ) -> Article | Unusable:
        fields = _merged(opened.fields, verdicts)
        title_line = next((verdict.line for verdict in verdicts if verdict.is_title), None)
        if title_line is not None and "title" not in fields:
            fields["title"] = (title_text(title_line), "text")
        text, blocks = assemble(opened.text, kept, title_line)
        published = (
            parse_published(fields["published"][0], language=self._language, not_after=not_after)
            if "published" in fields
            else None
        )
        known = {name: origin for name, (_, origin) in fields.items() if name != "published" or published is not None}
        return Article(
            id=article_id(document.source_id, document.location),
            source_id=document.source_id,
            location=document.location,
            content_hash=content_hash(document),
            title=_value(fields, "title"),
            outlet=_value(fields, "outlet"),
            author=_value(fields, "author"),
            url=_value(fields, "url"),
            published=published,
            text=text,
            blocks=blocks,
            dropped=tuple(Dropped(verdict.line.text, verdict.rule) for verdict in verdicts if verdict.rule is not None),
            provenance=known,
        )


def _by_shape(verdict: Verdict, is_junk: bool, headline: Line | None) -> Verdict:
    if verdict.rule is not None:
        return verdict
    if headline is not None and verdict.line is headline:
        return replace(verdict, is_title=True)
    if headline is not None and same_title(verdict.line.text, headline.text):
        return replace(verdict, rule="repeats the title")
    return replace(verdict, rule=_SHAPE) if is_junk else verdict


def _value(fields: Mapping[str, tuple[str, str]], name: str) -> str | None:
    return fields[name][0] if name in fields else None


def _merged(given: Mapping[str, tuple[str, str]], verdicts: tuple[Verdict, ...]) -> dict[str, tuple[str, str]]:
    """What source or page say goes before what lines say; among lines the first that knows."""
    fields = dict(given)
    for verdict in verdicts:
        if verdict.found is None:
            continue
        for name in ("title", "author", "outlet", "published", "url"):
            value = getattr(verdict.found, name)
            if value and name not in fields:
                fields[name] = (value, f"text: {verdict.found.rule}")
    return fields
