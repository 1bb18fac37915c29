"""Lines that the lexicon knows to be no part of an article."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.articles.lines import Line
from bot.errors import ConfigurationError
from bot.language.lexicon import Lexicon


@dataclass(frozen=True, slots=True)
class BoilerplateRule:
    """A named pattern over lines of at most `max_words` words. A `section` rule opens a run of links or comments."""

    name: str
    max_words: int
    pattern: re.Pattern[str]
    section: bool

    def is_met(self, line: Line) -> bool:
        """Whether the line is of this kind."""
        return line.words <= self.max_words and self.pattern.search(line.plain) is not None


class Boilerplate:
    """The boilerplate rules of a lexicon's `cleaning` section."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._rules = tuple(_compiled(rule, lexicon.language) for rule in lexicon.section("cleaning")["rules"])
        self._longest = max((rule.max_words for rule in self._rules), default=0)

    def rule_for(self, line: Line) -> BoilerplateRule | None:
        """The first rule that the line meets, if any."""
        if line.words > self._longest:
            return None
        return next((rule for rule in self._rules if rule.is_met(line)), None)


def _compiled(rule: Mapping[str, Any], language: str) -> BoilerplateRule:
    try:
        pattern = compile_any(rule["patterns"])
        return BoilerplateRule(rule["name"], int(rule["max_words"]), pattern, bool(rule.get("section", False)))
    except (KeyError, re.error) as error:
        reason = f"rules.{rule.get('name', '?')}: {error}"
        raise ConfigurationError(f"lexicon {language}/cleaning.toml", reason) from None


def compile_any(patterns: list[str]) -> re.Pattern[str]:
    """One pattern that matches where any of these does, without regard to case."""
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns), re.IGNORECASE)
