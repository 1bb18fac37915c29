"""The news agency an article's text comes from, or rests on: one agency is one voice, however many papers print it."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.articles.model import Article, Dropped
from bot.language.lexicon import Lexicon

_NAME = r"(?:[Tt]he )?[A-Z][\w&’'-]*(?:[ ](?:of |and )?[A-Z][\w&’'-]*){0,3}"
_ARTICLE = re.compile(r"[Tt]he ")
_OPENING = 3  # paragraphs in which a text says whose report it rests on
_LONGEST = 200  # characters of a line of credits
_PICTURES = "caption"  # credits of pictures say nothing about the text


class AgencyFinder:
    """Finds agencies by the `agencies` section of a lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        names: Sequence[Sequence[str]] = lexicon.section("agencies")["names"]
        self._called = {spelling: spellings[0] for spellings in names for spelling in spellings}
        self._known = re.compile(rf"(?<!\w)(?:{_any_of(self._called)})(?!\w)")
        self._no_names = frozenset(lexicon.strings("agencies", "no_names"))
        words = "|".join(map(re.escape, lexicon.strings("agencies", "words")))
        self._named_so = re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
        self._datelines = self._compiled(lexicon.strings("agencies", "datelines"))
        self._endings = self._compiled(lexicon.strings("agencies", "endings"))
        self._bylines = self._compiled(lexicon.strings("agencies", "bylines"))
        self._reports = self._compiled(lexicon.strings("agencies", "reports"))

    def agency_of(self, article: Article) -> str | None:
        """The agency as it is called, None where none is named. Its own line goes before one that it is reported by."""
        return next(self._found(article), None)

    def _found(self, article: Article) -> Iterator[str]:
        prose = [block.span.of(article.text) for block in article.blocks if block.is_prose]
        yield from self._first(self._datelines, prose[:_OPENING])
        yield from self._of_author(article.author)
        yield from self._first(self._endings, (*prose[-1:], *_credits(article.dropped)))
        if article.outlet in self._called:
            yield self._called[article.outlet]
        yield from self._first(self._reports, prose[:_OPENING])

    def _of_author(self, author: str | None) -> Iterator[str]:
        """An author who is no person: an agency's name, or one word that is no office of the paper."""
        if author is None:
            return
        yield from self._first(self._bylines, (author,))
        last = author.rpartition(",")[2].strip()
        if self._named_so.search(last) or (" " not in author and re.fullmatch(_NAME, author)):
            yield from self._called_so(last)

    def _first(self, patterns: Iterable[re.Pattern[str]], texts: Iterable[str]) -> Iterator[str]:
        for text in texts:
            for pattern in patterns:
                for match in pattern.finditer(text):
                    if not _is_short_for(match["agency"], match.groupdict().get("place") or ""):
                        yield from self._called_so(match["agency"])

    def _called_so(self, name: str) -> Iterator[str]:
        plain = _ARTICLE.sub("", name, count=1).strip(" .’'") if name[:4].casefold() == "the " else name.strip(" .’'")
        if plain and plain.casefold() not in self._no_names:
            known = self._known.search(plain)
            yield self._called[known[0]] if known else plain

    def _compiled(self, patterns: Iterable[str]) -> tuple[re.Pattern[str], ...]:
        known = rf"(?:[Tt]he )?(?:{_any_of(self._called)})(?!\w)"
        return tuple(re.compile(one.replace("AGENCY", _NAME).replace("KNOWN", known)) for one in patterns)


def _any_of(names: Iterable[str]) -> str:
    return "|".join(sorted(map(re.escape, names), key=len, reverse=True))


def _is_short_for(name: str, words: str) -> bool:
    """Whether it stands in brackets because it is what the words before it are called in short."""
    initials = "".join(word[0] for word in words.split() if word[0].isupper()).casefold()
    return len(name) > 1 and initials.endswith(name.casefold())


def voice_key(agency: str | None, outlet: str | None) -> str | None:
    """Who answers for a text, as it is compared: the agency, else the outlet."""
    return (agency or outlet or "").casefold().removeprefix("the ").removesuffix(" news agency").strip() or None


def _credits(dropped: Iterable[Dropped]) -> Iterator[str]:
    yield from (one.text for one in dropped if one.rule != _PICTURES and len(one.text) <= _LONGEST)
