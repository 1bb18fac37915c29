"""What a description of an office says besides its noun: which office, and of which body."""

from bot.language.names import NameBook
from bot.language.tokens import Tokens
from bot.positions.cast import Figure
from bot.positions.roster import Roster, plain

_HEAD_BREAKS = "pfthqwbzGlvVU,("


def head_end(tokens: Tokens, first: int, last: int) -> int:
    """Token after the head noun: before the first preposition or relative clause, past possessives."""
    tags = tokens.tags
    for k in range(first + 1, last):
        if tags[k] in _HEAD_BREAKS and not (tags[k] == "f" and tags[k - 1] == "N" and tags[k + 1 : k + 2] == "N"):
            is_modifier = tags[k] in "GlvVU" and k + 1 < last and tags[k + 1] in "nNR"
            if is_modifier and not (tags[k] in "Gl" and tags[k - 1] in "nN" and tags[k + 1] == "N"):
                continue  # but "lawyers representing Norland"
            return k
    return last


def speaks_for_state(tokens: Tokens, names: NameBook, first: int, end: int) -> bool:
    """Whether a body is the state's beside its name ("the Danish ministry") or a leader's ("her government")."""
    bodies = names.governing if tokens.tags[first] == "H" else names.of_state
    before = {tokens.lower(k) for k in range(first, end - 1)}
    return tokens.lower(end - 1) in bodies and before.isdisjoint(names.not_of_state)


def office_words(tokens: Tokens, names: NameBook, first: int, head_end: int) -> frozenset[str]:
    """The words before the noun of an office that say which one it is ("interior", "deputy", "former")."""
    words = (tokens.lower(k).rstrip(".") for k in range(first, head_end - 1))
    return frozenset(part for word in words for part in (word, *word.split("-"))) & names.portfolios


def has_other_office(figure: Figure, said: frozenset[str], names: NameBook) -> bool:
    """Whether the words `said` beside an office make it another than all that are known of `figure`.

    Of somebody whose office is not known more closely anything may be said.
    """
    known = figure.offices & names.portfolios
    return not said <= known and (bool(known) or figure.actor is not None)


def is_of_another_body(
    tokens: Tokens, names: NameBook, roster: Roster, place: tuple[int, int, int], office: frozenset[str]
) -> bool:
    """Whether the office is that of a body in a state and not of the state ("the leader of the Norwegian opposition",
    "the Norwegian parliament's president"); `place` is the phrase: first token, end of its head, end; `office` the
    words of offices of the dossier.
    """
    first, head_end, last = place
    before = {tokens.lower(k) for k in range(first, head_end - 1)}
    if before & names.groups - names.of_state - office or not before.isdisjoint(names.not_of_state):
        return True
    return any(
        _is_body_beside(tokens, names, k, last)
        for k in range(head_end, last)
        if tokens.tags[k] == "N" and _is_state(tokens.words[k], roster)
    )


def _is_state(word: str, roster: Roster) -> bool:
    return plain(word) in roster.by_demonym or plain(word) in roster.by_alias


def _is_body_beside(tokens: Tokens, names: NameBook, at: int, last: int) -> bool:
    """Whether a noun that does not speak for the state follows its name or adjective at `at`."""
    tags = tokens.tags
    k = at + 1 + (tags[at + 1 : at + 2] == "s")
    body = k
    while body < last and tags[body] in "nANMRvl":
        body += 1
    words = {tokens.lower(n) for n in range(k, body)}
    return body > k and (tokens.lower(body - 1) not in names.of_state or not words.isdisjoint(names.not_of_state))
