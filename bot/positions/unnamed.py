"""People of an article who bear no name ("a senior diplomat", "her lawyer"): a pronoun may mean them as well."""

import re
from collections.abc import Iterable

from bot.language.names import NameBook
from bot.language.tokens import Tokens
from bot.positions.cast import Figure, Mention

_NAME = re.compile("N|,(?:D?[nMA]{1,3})?N+,")
_PHRASES = re.compile("(?:[DH]M?|(?<=N)s)[nNAalMvV]*n")


def find_unnamed(tokens: Tokens, names: NameBook) -> Iterable[Mention]:
    """Everybody whom a phrase brings new to the text: a single person, with an indefinite word or an owner before."""
    for found in _PHRASES.finditer(tokens.tags):
        first, last = found.span()
        opening = tokens.tags[first]
        is_known = opening == "D" and tokens.lower(first) not in names.single
        if is_known or _describes_somebody(tokens.tags, first, last):
            continue
        figure = unnamed_figure(tokens, names, first, last)
        if figure is not None:
            yield Mention(first, last, figure)


def _describes_somebody(tags: str, first: int, last: int) -> bool:
    """Whether a phrase is said of somebody named beside it: "X, a former judge,", "her aide Y", "X is a lawyer"."""
    before = tags[max(first - 2, 0) : first]
    return before[-1:] in ("e", "z") or (before[-1:] == "," and before[:1] in "N)") or bool(_NAME.match(tags, last))


def new_person(tokens: Tokens, names: NameBook, place: tuple[int, int, int]) -> Figure | None:
    """Somebody new for a phrase (first token, end of its head, end) that means nobody named; None where it may do so.

    "The diplomat" may be somebody who was named, "the nurse" and "the ambassador of Norland" hardly.
    """
    first, end, last = place
    is_new = end < last or bool(set("Hs") & set(tokens.tags[first:end])) or tokens.lower(first) in names.single
    if not is_new and tokens.lower(end - 1) in names.epithets:
        return None
    return unnamed_figure(tokens, names, first, end)


def unnamed_figure(tokens: Tokens, names: NameBook, first: int, last: int) -> Figure | None:
    """Somebody for the tokens `[first, last)`; None where their last word is no noun for one person."""
    word = tokens.lower(last - 1)
    gender = names.person_nouns.get(word)
    if gender is None or word.endswith("s") or tokens.tags[last - 1] != "n":
        return None
    text = tokens.span(first, last).of(tokens.text)
    return Figure(f"unnamed:{last - 1}", text, True, gender, is_sure_person=True, is_unnamed=True)
