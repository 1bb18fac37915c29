"""What is looked for in the sentences: words and phrases, and how any typed line is read as such.

Sentences and questions are cut into the same plain tokens, so that both databases find the same.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

MOST_GROUPS = 12  # conditions of one query; what is typed beyond is not looked for
_LONGEST = 64  # characters of a token that count
_TOKEN = re.compile(r"[^\W_]+")
# A phrase in marks (an open one ends with the line), or a word; a minus before it leaves out.
_PART = re.compile(r'(?P<minus>(?<!\S)[-–−](?=\S))?(?:["“”„«»](?P<phrase>[^"“”„«»]*)["“”„«»]?|(?P<word>[^\s"“”„«»]+))')
_EITHER = frozenset({"OR", "|"})

Tokens = tuple[str, ...]


def tokens_of(text: str) -> list[str]:
    """Words as they are compared in a search: letters and digits, without case and accents. "cease-fire" is two."""
    if not text.isascii():
        text = "".join(one for one in unicodedata.normalize("NFKD", text) if not unicodedata.combining(one))
    return [token[:_LONGEST] for token in _TOKEN.findall(text.casefold())]


@dataclass(frozen=True, slots=True)
class Term:
    """A word, or words in a row. `forms` are others that are as good as a single word; `begins` takes longer ones."""

    words: Tokens
    forms: frozenset[str] = frozenset()
    begins: bool = False

    @property
    def text(self) -> str:
        """As it is shown."""
        return " ".join(self.words)


Group = tuple[Term, ...]  # any of them will do


@dataclass(frozen=True, slots=True)
class Query:
    """Sentences that fulfil every group (with `any_group`: at least one) and hold none of `without`."""

    groups: tuple[Group, ...]
    without: tuple[Term, ...] = ()
    any_group: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.groups


def read_query(typed: str, forms_of: Callable[[str], frozenset[str]], ignored: frozenset[str] = frozenset()) -> Query:
    """Any line as a query: words that must all occur, "phrases", -without, one OR other, begin*.

    Everything else is separators: no line is an error. `ignored` words are left out unless there is nothing else.
    """
    groups: list[list[Term]] = []
    without: list[Term] = []
    joins = False
    for part in _PART.finditer(typed):
        if part["word"] in _EITHER:
            joins = bool(groups)
            continue
        term = _term(part, forms_of)
        if term is None:
            continue
        if part["minus"]:
            without.append(term)
        elif joins:
            groups[-1].append(term)
        else:
            groups.append([term])
        joins = False
    distinct = tuple(dict.fromkeys(tuple(group) for group in groups))
    telling = tuple(group for group in distinct if not all(term.text in ignored for term in group))
    return Query((telling or distinct)[:MOST_GROUPS], tuple(dict.fromkeys(without))[:MOST_GROUPS])


def _term(part: re.Match[str], forms_of: Callable[[str], frozenset[str]]) -> Term | None:
    written = part["phrase"] if part["word"] is None else part["word"]
    words = tuple(tokens_of(written))[:MOST_GROUPS]
    if not words:
        return None
    if part["word"] is None or len(words) > 1:
        return Term(words)
    begins = written.endswith("*")
    return Term(words, frozenset() if begins else forms_of(words[0]) - {words[0]}, begins)


def places(term: Term, tokens: list[str]) -> Iterator[tuple[int, bool]]:
    """Where a term stands among tokens: the index of its first word, and whether it is the word as typed."""
    first, length = term.words[0], len(term.words)
    for index, token in enumerate(tokens):
        if length > 1:
            if token == first and tuple(tokens[index : index + length]) == term.words:
                yield index, True
        elif token == first or (term.begins and token.startswith(first)) or token in term.forms:
            yield index, token == first
