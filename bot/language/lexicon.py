"""Language data: what the rules know about a language, read from `config/lexicon/<language>/*.toml`.

A lexicon is plain data. Each room compiles the section it needs into its own rules, once, at start.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import ConfigurationError


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The sections of one language's lexicon (one per file) and a digest of their content."""

    language: str
    sections: Mapping[str, Mapping[str, Any]]
    digest: str

    def section(self, name: str) -> Mapping[str, Any]:
        """The section `name`; a missing one is a configuration error."""
        try:
            return self.sections[name]
        except KeyError:
            raise ConfigurationError(f"lexicon {self.language}", f"section {name!r} is missing") from None

    def strings(self, section: str, key: str) -> tuple[str, ...]:
        """The list of strings at `key` of `section`, checked."""
        value = self.section(section).get(key)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ConfigurationError(f"lexicon {self.language}/{section}.toml", f"{key} must be a list of strings")
        return tuple(value)
