"""A page: what is shown, in order, before anybody decides how. Terminal, pipe and Markdown render the same page."""

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """The part a stretch of a page plays."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    SMALL = "small"  # counts, sources, hints


class Tone(StrEnum):
    """How a run is set. Colour may follow it, but the words alone must say everything."""

    PLAIN = "plain"
    STRONG = "strong"
    QUIET = "quiet"
    VERBATIM = "verbatim"  # a source's own words
    COMMAND = "command"  # what one would type
    MENTION = "mention"  # "<#…>" of a Discord channel, which a client shows by name and opens
    FOR = "for"
    AGAINST = "against"
    CONDITIONAL = "conditional"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one tone; `url` is where it leads, for outputs that have links."""

    text: str
    tone: Tone = Tone.PLAIN
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """One block of a page. `marker` hangs before its first line; `indent` counts columns; `gap` puts a blank line
    before it."""

    kind: Kind
    runs: tuple[Run, ...]
    marker: str = ""
    indent: int = 0
    gap: bool = False

    @property
    def text(self) -> str:
        """The words of all runs."""
        return "".join(run.text for run in self.runs)


Page = tuple[Part, ...]


def title(text: str) -> Part:
    """The page's first line."""
    return Part(Kind.TITLE, (Run(text, Tone.STRONG),))


def heading(text: str) -> Part:
    """Opens a section, after a blank line."""
    return Part(Kind.HEADING, (Run(text, Tone.STRONG),), gap=True)


def paragraph(*runs: Run | str, marker: str = "", indent: int = 0, gap: bool = False) -> Part:
    """A paragraph of runs; plain strings are plain runs."""
    return Part(Kind.PARAGRAPH, _as_runs(runs, Tone.PLAIN), marker, indent, gap)


def small(*runs: Run | str, indent: int = 0, gap: bool = False) -> Part:
    """Small print; plain strings are quiet."""
    return Part(Kind.SMALL, _as_runs(runs, Tone.QUIET), indent=indent, gap=gap)


def strong(text: str) -> Run:
    """Set off from the rest."""
    return Run(text, Tone.STRONG)


def quiet(text: str) -> Run:
    """Set back from the rest."""
    return Run(text, Tone.QUIET)


def verbatim(text: str) -> Run:
    """A source's own words, character by character."""
    return Run(text, Tone.VERBATIM)


def command(text: str) -> Run:
    """Something to type."""
    return Run(text, Tone.COMMAND)


def _as_runs(runs: tuple[Run | str, ...], tone: Tone) -> tuple[Run, ...]:
    return tuple(run if isinstance(run, Run) else Run(run, tone) for run in runs)
