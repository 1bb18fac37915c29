"""Lines that the lexicon knows to be no part of an article."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.articles.lines import Line
from bot.errors import ConfigurationError
from bot.language.lexicon import Lexicon

_LONGEST_WORD = 40  # letters on average; beyond it a line holds data and no words
_MARKUP = re.compile(r"^[*_\[]+|(?:\]\([^)]*\))?[*_]*$")  # Markdown's emphasis or link around a whole line


@dataclass(frozen=True, slots=True)
class BoilerplateRule:
    """A named pattern over lines of at most `max_words` words.

    `opening` fits the beginning of a line, `anywhere` any part; a `tail` rule looks only at the end of a text.
    """

    name: str
    max_words: int
    opening: re.Pattern[str] | None
    anywhere: re.Pattern[str] | None
    tail: bool

    def is_met(self, line: Line) -> bool:
        """Whether the line is of this kind."""
        if line.words > self.max_words or len(line.plain) > self.max_words * _LONGEST_WORD:
            return False
        words = _MARKUP.sub("", line.plain) if line.plain[0] in "*_[" else line.plain
        if self.opening is not None and self.opening.match(words) is not None:
            return True
        return self.anywhere is not None and self.anywhere.search(words) is not None


class Boilerplate:
    """The boilerplate rules of a lexicon's `cleaning` section."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._rules = tuple(_compiled(rule, lexicon.language) for rule in lexicon.section("cleaning")["rules"])
        self._longest = max((rule.max_words for rule in self._rules), default=0)

    def rule_for(self, line: Line, *, in_tail: bool = False) -> BoilerplateRule | None:
        """The first rule that the line meets, if any; `in_tail` says that it stands among a text's last lines."""
        if line.words > self._longest:
            return None
        return next((rule for rule in self._rules if (in_tail or not rule.tail) and rule.is_met(line)), None)


def _compiled(rule: Mapping[str, Any], language: str) -> BoilerplateRule:
    try:
        # A search tries every place of a line, so patterns that only fit its beginning are matched apart.
        opening = [pattern for pattern in rule["patterns"] if pattern.startswith("^")]
        anywhere = [pattern for pattern in rule["patterns"] if not pattern.startswith("^")]
        return BoilerplateRule(
            name=rule["name"],
            max_words=int(rule["max_words"]),
            opening=compile_any(opening) if opening else None,
            anywhere=compile_any(anywhere) if anywhere else None,
            tail=bool(rule.get("tail", False)),
        )
    except (KeyError, re.error) as error:
        reason = f"rules.{rule.get('name', '?')}: {error}"
        raise ConfigurationError(f"lexicon {language}/cleaning.toml", reason) from None


def compile_any(patterns: list[str]) -> re.Pattern[str]:
    """One pattern that matches where any of these does, without regard to case."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
