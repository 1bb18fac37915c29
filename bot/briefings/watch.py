"""What to watch: sentences in which a source names a day to come for something planned.

Judged by surface alone, and silent where unsure: the day must follow the plan within its clause, or open the sentence,
and lie after the last day that the edition covers. The words are in the lexicon (section watch).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta

from bot.articles.dates import parse_coming
from bot.articles.model import cite
from bot.briefings.candidates import Candidate, CandidateFinder, Weighed
from bot.briefings.model import Coming
from bot.briefings.standing import Standing
from bot.language.lexicon import Lexicon

MOST = 3
_AHEAD = timedelta(days=400)
_AHEAD_WITHOUT_YEAR = timedelta(days=200)  # beyond, the day is one of the past
_REACH = 90  # characters between a plan and its day
_OPENS = re.compile(r"^(?:(?:On|By|From)\s+)?$", re.IGNORECASE)
_FULL_DATE = re.compile(r"\d{4}")


class WatchRules:
    """The lexicon's rules, compiled."""

    def __init__(self, lexicon: Lexicon) -> None:
        def any_of(key: str) -> re.Pattern[str]:
            return re.compile(rf"\b(?:{'|'.join(lexicon.strings('watch', key))})(?!\w)", re.IGNORECASE)

        self._language = lexicon.language
        self._days = any_of("days")
        self._plans = any_of("plans")
        self._openers = any_of("clause_openers")
        self._conditions = any_of("conditions")
        self._weekdays = frozenset(lexicon.strings("watch", "weekdays"))

    def day_of(self, sentence: str, published: datetime | None) -> date | None:
        """The day that `sentence` names for something planned; None where it names none, or leaves it open."""
        plain = sentence.replace("’", "'")
        if self._conditions.search(plain):
            return None
        for match in self._days.finditer(plain):
            if self._is_planned(plain, match):
                return self._dated(match.group(), published)
        return None

    def _is_planned(self, text: str, day: re.Match[str]) -> bool:
        opens = _OPENS.match(text[: day.start()]) is not None
        if opens:
            comma = text.find(",", day.end(), day.end() + 40)
            plan = self._plans.search(text, day.end())
            return comma >= 0 and plan is not None and plan.start() - comma < _REACH
        plans = list(self._plans.finditer(text, 0, day.start()))
        if not plans or day.start() - plans[-1].end() > _REACH:
            return False
        between = text[plans[-1].end() : day.start()]
        return not (self._openers.search(between) or any(sign in between for sign in '“”;:,"'))

    def _dated(self, words: str, published: datetime | None) -> date | None:
        if published is None and not _FULL_DATE.search(words):
            return None
        found = parse_coming(words, language=self._language, published=published)
        if found is None or published is None:
            return found
        if words.casefold() in self._weekdays and found.weekday() == published.weekday():
            return None  # that day, or a week on: it is left open
        is_far = found > published.date() + _AHEAD_WITHOUT_YEAR and not _FULL_DATE.search(words)
        return None if is_far else found


def find_coming(
    rules: WatchRules,
    finder: CandidateFinder,
    places: Sequence[tuple[Weighed, int, tuple[str, ...]]],
    *,
    after: date,
    is_told: Callable[[Candidate], bool] = lambda _: False,
) -> tuple[Coming, ...]:
    """At most `MOST` planned things after the day `after`, earliest first, one a day and topic.

    `places` are (article, sentence, topics) in order of merit; a stretch that `is_told` is left out.
    """
    found: dict[tuple[date, str], Coming] = {}
    for candidate, on, topics in _planned(rules, finder, places):
        if after < on <= after + _AHEAD and (on, topics[0]) not in found and not is_told(candidate):
            article = candidate.weighed.article
            found[on, topics[0]] = Coming(on, candidate.text, cite(article, candidate.span), topics)
        if len(found) == MOST:
            break
    return tuple(sorted(found.values(), key=lambda one: (one.on, one.citation.article_id, one.citation.span.start)))


def _planned(
    rules: WatchRules,
    finder: CandidateFinder,
    places: Sequence[tuple[Weighed, int, tuple[str, ...]]],
) -> Iterator[tuple[Candidate, date, tuple[str, ...]]]:
    for weighed, index, topics in places:
        article = weighed.article
        if not topics:
            continue
        text = weighed.reading.sentences[index].span.of(article.text)
        on = rules.day_of(text, article.published.at if article.published else None)
        if on is None:
            continue
        candidate = finder.candidate(weighed, index)
        if candidate.standing >= Standing.LEANS and not candidate.text.rstrip().endswith("?"):
            yield candidate, on, topics
