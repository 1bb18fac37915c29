"""Fitting into Discord's limits by whole entries: none is cut, no screen overflows. Knows no discord.py."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TEXT_LIMIT = 4000  # characters over all text displays of one message
COMPONENT_LIMIT = 40  # components of one message, containers and rows included


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that belongs together (a sentence with its citation). `instead` is shown where `text` is too long."""

    text: str
    instead: str


@dataclass(frozen=True, slots=True)
class Section:
    """Entries under a title, or under none."""

    title: str | None
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything there is to show, before it is divided. `headline` opens every screen, `footer` closes the first.

    `mark` is the id that stands in the last line of each.
    """

    headline: str
    lead: str
    sections: tuple[Section, ...]
    footer: str
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """What one message shows: blocks in groups, a rule between groups. `left` counts the entries on later screens."""

    groups: tuple[tuple[str, ...], ...]
    number: int
    total: int
    left: int
    mark: str | None = None


@dataclass(frozen=True, slots=True)
class Budget:
    """What a screen may hold. The difference to Discord's own limits is kept for numbers, hints and buttons."""

    text: int = TEXT_LIMIT - 250
    components: int = COMPONENT_LIMIT - 16


def measure(text: str) -> int:
    """Length in UTF-16 units: the strictest way in which Discord may count."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def divide(sheet: Sheet, budget: Budget | None = None) -> tuple[Screen, ...]:
    """The screens of a sheet: at least one, each within the budget, every entry whole and in order."""
    draft = _Draft(sheet, budget or Budget())
    for section in sheet.sections:
        for block, entry in _blocks(section):
            draft.add(section, block, entry)
    return draft.finished()


def _blocks(section: Section) -> Iterator[tuple[bool, Entry]]:
    """Each entry with whether it opens its section."""
    for index, entry in enumerate(section.entries):
        yield index == 0, entry


def _titled(section: Section, text: str) -> str:
    return f"### {section.title}\n{text}" if section.title else text


class _Draft:
    """Screens in the making."""

    def __init__(self, sheet: Sheet, budget: Budget) -> None:
        self._sheet = sheet
        self._budget = budget
        self._screens: list[list[tuple[str, ...]]] = []
        self._entries: list[int] = []
        self._open_screen()

    def add(self, section: Section, opens: bool, entry: Entry) -> None:
        """Put an entry on this screen, or on the next, or its stand-in where it is too long for one."""
        alone = [(self._sheet.headline,), (_titled(section, entry.text),)]
        text = entry.text if self._fits(alone, footer=False) else entry.instead
        if self._place(section, opens, text):
            return
        self._open_screen()
        if not self._place(section, opens, text):
            raise ValueError("an entry's stand-in must fit on an empty screen")

    def finished(self) -> tuple[Screen, ...]:
        """The screens, numbered."""
        total = len(self._screens)
        if self._sheet.footer:
            self._screens[0].append((self._sheet.footer,))
        return tuple(
            Screen(tuple(groups), number, total, left=sum(self._entries[number:]), mark=self._sheet.mark)
            for number, groups in enumerate(self._screens, start=1)
        )

    def _open_screen(self) -> None:
        lead = (self._sheet.lead,) if not self._screens and self._sheet.lead else ()
        self._screens.append([(self._sheet.headline, *lead)])
        self._entries.append(0)

    def _place(self, section: Section, opens: bool, text: str) -> bool:
        groups = self._screens[-1]
        begins = opens or self._entries[-1] == 0
        block = _titled(section, text) if begins else text
        candidate = [*groups, (block,)] if begins else [*groups[:-1], (*groups[-1], block)]
        if not self._fits(candidate, footer=len(self._screens) == 1):
            return False
        self._screens[-1] = candidate
        self._entries[-1] += 1
        return True

    def _fits(self, groups: Sequence[tuple[str, ...]], *, footer: bool) -> bool:
        texts = [text for group in groups for text in group] + [self._sheet.footer] * footer
        return (
            sum(map(measure, texts)) <= self._budget.text
            and len(texts) + len(groups)
            <= self._budget.components  # a rule before each group but the first, one footer
        )
