"""The title where the text itself gives it."""

import re
from collections.abc import Sequence

from bot.articles.lines import Line

_WORD = re.compile(r"\w+")
_HEADING = re.compile(r"#\s+(?=\S)")
_FULL_STOP = re.compile(r"(?<!\.)\.[\"'”’)\]]*$")
_MOST_WORDS = 22
_FULL_WORDS = 12  # from this length on a line is as long as a headline needs to be
_LONGEST = 300  # characters
_SCAN = 30  # lines from the top among which a headline may stand
_LEAST = 0.35


def find_title_line(lines: Sequence[Line], rules: Sequence[str | None], known: str | None) -> Line | None:
    """The line that is the title: the one that says `known`, else the likeliest headline above the first paragraph.

    `rules` names for each line the rule that dropped it or read metadata from it. A headline is long for a line that is
    no sentence, stands at the very top or right above byline and date, and may stand twice.
    """
    free = [at for at in range(min(len(lines), _SCAN)) if rules[at] is None]
    if known is not None:
        return next((lines[at] for at in free if same_title(lines[at].text, known)), None)
    marked = next((lines[at] for at in free if _HEADING.match(lines[at].text)), None)
    if marked is not None:
        return marked
    body = next((at for at in free if _opens_body(lines[at])), len(lines))
    above = [at for at in free if at < body and at + 1 < len(lines) and _may_be_headline(lines[at])]
    best = max(above, key=lambda at: (_score(at, lines, rules), -at), default=None)
    return lines[best] if best is not None and _score(best, lines, rules) >= _LEAST else None


def title_text(line: Line) -> str:
    """A title line without its markup."""
    return re.sub(r"^[#*_\s]+|[*_\s]+$", "", line.text)


def same_title(one: str, other: str) -> bool:
    """Whether two strings are the same words."""
    return _WORD.findall(one.casefold()) == _WORD.findall(other.casefold()) != []


def _opens_body(line: Line) -> bool:
    """Whether a line is surely running text, so that no title stands below it."""
    if line.words > _MOST_WORDS:
        return True
    return line.words >= 6 and _FULL_STOP.search(line.text) is not None and _capitalised_share(line) < 0.6


def _may_be_headline(line: Line) -> bool:
    """In one piece and no list item; a full stop only where most words are capitalised."""
    if (
        line.words < 2
        or len(line.text) > _LONGEST
        or line.text[0] in "-•*–(@"
        or line.text.endswith((":", ",", ";", "|"))
    ):
        return False
    return _FULL_STOP.search(line.text) is None or (line.words >= 4 and _capitalised_share(line) >= 0.6)


def _score(at: int, lines: Sequence[Line], rules: Sequence[str | None]) -> float:
    line = lines[at]
    others = [other.text for other in lines[:_SCAN] if other is not line and other.words >= 4]
    score = min(line.words, _FULL_WORDS) / _FULL_WORDS
    score += (0.75 if line.words >= 4 else 0.1) * (at == 0)
    score += sum(share for share, rule in zip((0.3, 0.15), rules[at + 1 : at + 3], strict=False) if _is_metadata(rule))
    score += 0.3 * (line.words >= 4 and any(other.endswith(line.text) for other in others))
    score -= 1.0 * any(line.text.endswith(other) and line.text != other for other in others)
    return score - 0.3 * (line.words < 4 and at > 0)


def _is_metadata(rule: str | None) -> bool:
    return rule is not None and (rule in {"byline", "date", "outlet"} or rule.startswith("metadata"))


def _capitalised_share(line: Line) -> float:
    long = [word for word in _WORD.findall(line.text) if len(word) >= 4]
    return sum(word[0].isupper() for word in long) / len(long) if long else 0.0
