"""Resolution: which actor or figure a speaker's words mean, how sure that is, and why."""

import re
from typing import NamedTuple

from bot.dossier import Actor, ActorKind
from bot.language.clauses import Subject, SubjectKind
from bot.language.names import Gender, NameBook
from bot.language.noun_phrases import conjuncts, noun_phrase_end
from bot.language.spans import Span
from bot.language.tokens import Tokens
from bot.positions.cast import Cast, Figure
from bot.positions.fronted import asked_before
from bot.positions.model import Speaker
from bot.positions.roles import has_other_office, head_end, is_of_another_body, office_words, speaks_for_state
from bot.positions.roster import Roster, plain
from bot.positions.salience import Salience
from bot.positions.unnamed import find_unnamed, new_person

SHOWN_FROM = 0.35  # below this certainty a statement is shown under no one
_CLEAR = 0.53  # share of the salience that a description needs over the next person it fits
Range = tuple[int, int]  # tokens [first, last)
_TIED = 0.515  # share of the salience below which a pronoun may as well mean the next person
_NEW_RIVAL = 0.58  # the same where the next is somebody of whom less is known, or the first one's gender is not
_WHOSE = 12  # tokens back from "whose" to whom it means
_NOTED_FROM = 0.6  # certainty from which a description counts as a mention
_APPOSED = re.compile(",(?:D?[nMA]{1,3})?(N+),")  # ", Kim," and ", the tycoon Kim," and ", 24-year-old Kim,"
_ACTS = frozenset("VZvyxedmXa")


class _Found(NamedTuple):
    figure: Figure | None
    certainty: float
    why: str
    name: str | None = None
    actor: Actor | None = None


def _singular(word: str) -> str:
    return word.removesuffix("s")


class ActorResolver:
    """Resolves speakers of one article, sentence after sentence, remembering whom pronouns meant."""

    def __init__(
        self, tokens: Tokens, cast: Cast, names: NameBook, roster: Roster, starts: tuple[list[int], list[int]]
    ) -> None:
        self._tokens = tokens
        self._cast = cast
        self._names = names
        self._roster = roster
        self._salience = Salience(tokens, [*cast.mentions], [*find_unnamed(tokens, names)], *starts)

    def resolve(self, subject: Subject, avoid: Range | None = None, *, in_passing: bool = False) -> Speaker:
        """The speaker for `subject`. Names within the tokens `avoid` (what was said) are no candidates."""
        tokens = self._tokens
        span = tokens.span(subject.first, subject.last)
        text = tokens.text[span.start : span.end]
        found = self._find(subject, avoid)
        meant = found.figure if found.certainty >= SHOWN_FROM else None
        meant = meant or self._unnamed(subject, found)
        if meant is not None and not in_passing:
            first, last = subject.antecedent or (subject.first, subject.last)
            self._salience.remember(subject.first, meant, head_end(self._tokens, first, last) - 1)
        return self._speaker(text, span, found)

    def _unnamed(self, subject: Subject, found: _Found) -> Figure | None:
        """Somebody new without a name, whom the next "he" or "she" means ("a diplomat said", "his lawyer said")."""
        if found.figure is not None or found.name is not None or found.actor is not None:
            return None
        first, last = subject.antecedent or (subject.first, subject.last)
        return new_person(self._tokens, self._names, (first, head_end(self._tokens, first, last), last))

    def resolve_each(self, subject: Subject, avoid: Range | None = None) -> tuple[Speaker, ...]:
        """The speakers for a subject: one for each name of a coordination of names, else one."""
        tokens, tags = self._tokens, self._tokens.tags
        first, last = subject.antecedent or (subject.first, subject.last)
        is_list = "c" in tags[first:last] and not set("pf") & set(tags[first:last])
        if not is_list or subject.kind is not SubjectKind.PHRASE:
            return (self.resolve(subject, avoid),)
        span = tokens.span(first, last)
        text = span.of(tokens.text)
        found = []
        for part_first, part_last in conjuncts(tags, first, last):
            kind = SubjectKind.PRONOUN if tags[part_first] == "S" else SubjectKind.PHRASE
            one = self._find(Subject(part_first, part_last, kind), avoid)
            if one.figure is None and one.actor is None:
                return (self.resolve(subject, avoid),)
            found.append(one)
        return tuple(self._speaker(text, span, one) for one in found)

    def note_opening(self, low: int, high: int) -> None:
        """Take note of whom a description that opens a sentence means ("The finance minister is here. He says ...")."""
        tokens = self._tokens
        asked = asked_before(tokens, low, high)
        if asked is not None and tokens.tags[asked[1] + 1 : asked[1] + 2] == "S":
            self.resolve(Subject(asked[1] + 1, asked[1] + 2, SubjectKind.PRONOUN), asked)
            return
        if tokens.tags[low] not in "DH" or tokens.lower(low) in self._names.indefinite:
            return
        end = noun_phrase_end(tokens, low, high)
        if end >= high or tokens.tags[end] not in _ACTS:
            return
        close = head_end(self._tokens, low, end)
        if tokens.lower(close - 1) not in self._names.person_nouns:
            return
        found = self._find_phrase(low, end, None)
        figure = found.figure or (self._cast.figure_of_actor(found.actor) if found.actor is not None else None)
        if figure is not None and found.certainty >= _NOTED_FROM and close == end:
            self._salience.note(low, figure, close - 1)
        elif close < end and (new := self._unnamed(Subject(low, end, SubjectKind.PHRASE), found)) is not None:
            self._salience.note(low, new, close - 1)

    def is_joined_by_another(self, speaker: Speaker, since: int, at: int) -> bool:
        """Whether somebody else is named between the characters `since` and token `at`."""
        first = self._tokens.index_at(since)
        people = (m.figure for m in self._cast.mentions if first <= m.first < at and m.figure.is_sure_person)
        return any(figure.name != speaker.name for figure in people)

    def is_agent(self, subject: Subject) -> bool:
        """Whether a subject is somebody or a body or writing of somebody's, and no mere thing."""
        tokens = self._tokens
        first, last = subject.antecedent or (subject.first, subject.last)
        tag = tokens.tags[first]
        if tag in "SHhEM" or (tag == "D" and last == first + 1):
            return tokens.lower(first) not in ("it", "its")
        head = head_end(self._tokens, first, last) - 1
        word = tokens.lower(head)
        return tokens.tags[head] == "N" or word in self._names.pronouns or self._is_agent_noun(word)

    def _is_agent_noun(self, word: str) -> bool:
        known = self._names.person_nouns.keys() | self._names.groups | self._names.documents | self._names.anonymous
        singular = _singular(word)
        is_known = word in known or singular in known
        return is_known or (len(singular) > 4 and singular.endswith(self._names.agent_endings))

    def is_writer(self, subject: Subject) -> bool:
        """Whether a subject is the writer or the reader ("I", "we", "your")."""
        first, last = subject.first, subject.last
        return last == first + 1 and self._names.pronouns.get(self._tokens.lower(first)) == "first"

    def is_document(self, subject: Subject) -> bool:
        """Whether a subject is an unnamed writing or recording ("a post", "the letter")."""
        first, last = subject.antecedent or (subject.first, subject.last)
        tokens = self._tokens
        head = head_end(self._tokens, first, last) - 1
        return tokens.tags[first] in "DHn" and tokens.lower(head) in self._names.documents

    def resolve_name(self, name: Span) -> Speaker:
        """The speaker whose name stands alone at `name`, perhaps in capitals; "A" is whom the article is about."""
        text = name.of(self._tokens.text)
        figure = self._cast.figure_of([word if not word.isupper() else word.capitalize() for word in text.split()])
        named = self._salience.mention_in(self._tokens.index_at(name.start), self._tokens.index_at(name.end))
        if figure is None and named is not None and named.figure.is_person:  # "Chancellor of Norland Anna Berg: ..."
            figure = named.figure
        if text == "A":
            people = [figure for figure in self._cast.figures if figure.is_sure_person]
            figure = max(people, key=lambda one: one.count, default=None)
            found = _Found(figure, 0.5, "the person the interview names most")
        elif figure is None:
            found = _Found(None, 0.7, "name before a colon", text.title())
        else:
            if figure.name.isupper():
                figure.name = figure.name.title()
            found = _Found(figure, 0.9 if figure.is_sure_person else 0.7, "name before a colon")
        return self._speaker(text, name, found)

    def _speaker(self, text: str, span: Span, found: _Found) -> Speaker:
        figure = found.figure
        if figure is None:
            actor = found.actor
            name = actor.name if actor is not None else found.name
            return Speaker(text, span, actor.id if actor else None, name, None, found.certainty, found.why)
        if figure.is_unnamed:
            return Speaker(text, span, None, None, None, found.certainty, f"{found.why}, who has no name")
        if found.certainty < SHOWN_FROM:
            return Speaker(text, span, None, None, None, found.certainty, found.why + ", too unsure to name")
        actor_id = figure.actor.id if figure.actor else None
        return Speaker(text, span, actor_id, figure.name, figure.description, found.certainty, found.why)

    def _find(self, subject: Subject, avoid: Range | None) -> _Found:
        if subject.kind is SubjectKind.RELATIVE:
            if subject.antecedent is None:
                return _Found(None, 0.0, "a relative pronoun without antecedent")
            first, last = subject.antecedent
            return self._find_phrase(first, last, avoid)
        word = self._tokens.lower(subject.first)
        kind = self._names.pronouns.get(word)
        if kind is not None and subject.last - subject.first == 1:
            return self._find_pronoun(subject.first, kind, avoid)
        return self._find_phrase(subject.first, subject.last, avoid)

    # ------------------------------------------------------------ noun phrases
    def _find_phrase(self, first: int, last: int, avoid: Range | None) -> _Found:
        tokens, tags = self._tokens, self._tokens.tags
        if tags[last - 1] == "O" and last - 1 > first:  # "the president himself"
            last -= 1
        whole = plain(tokens.text[tokens.starts[first] : tokens.ends[last - 1]])
        actor = self._roster.by_alias.get(whole)
        if actor is not None and actor.kind is not ActorKind.PERSON:
            return _Found(
                self._cast.figure_of(list(tokens.words[first:last])), 0.95, "an alias of the dossier", actor=actor
            )
        state = self._roster.by_demonym.get(whole) or self._roster.by_demonym.get(plain(tokens.words[last - 1]))
        is_some = tags[first] == "M" or tokens.lower(first) in self._names.indefinite
        if state is not None and last - first <= 2 and not is_some:
            return _Found(None, 0.8, "people of a state of the dossier", actor=state)
        close = head_end(tokens, first, last)
        if "c" in tags[first:last] and "N" in tags[first:last]:
            return self._find_several(first, last)
        closing = self._closing_name(close, last)
        first_of_name, end = (closing, last) if closing is not None else (close, close)
        while closing is None and first_of_name > first and tags[first_of_name - 1] == "N":
            first_of_name -= 1
        if first_of_name < end:
            return self._find_name(first_of_name, end, closing or first, avoid)
        found = self._apposed_name(last) or self._possessor(first, close - 1, avoid)
        if found is not None:
            return found
        return self._find_description(first, close, last, avoid)

    def _closing_name(self, head_end: int, last: int) -> int | None:
        """ "The union's head of local government Jane Doe": where the name begins of whom the description tells.

        Not "a friend of the singer Jane Doe", whose name belongs to the second description.
        """
        tokens, tags, names = self._tokens, self._tokens.tags, self._names
        is_own = tags[head_end : head_end + 1] in ("f", "p") and tokens.lower(head_end - 1) in names.person_nouns
        start = last
        while start > head_end and tags[start - 1] == "N":
            start -= 1
        while is_own and last - start > 2 and tokens.lower(start) not in names.given:
            start += 1  # "the envoy for Ukraine Jane Doe"
        before = tokens.lower(start - 1)
        if not is_own or last - start < 2 or tags[start - 1] not in "nN" or tokens.lower(start) not in names.given:
            return None
        title = before.rstrip(".")
        is_others = title in names.honorifics or title in names.demonyms or title in names.documents
        return None if is_others or self._is_agent_noun(before) else start

    def _find_name(self, start: int, end: int, first: int, avoid: Range | None) -> _Found:
        tokens = self._tokens
        words = list(tokens.words[start:end])
        if self._is_office(words):  # "the Prime Minister"
            return self._find_role((first, end, end), self._side(first, end), avoid)
        mention = self._salience.mention_in(first, end)
        is_short_form = mention is not None and mention.figure.name.endswith(" " + words[0])
        if end - start == 1 and self._is_common(words[0]) and not is_short_form:
            return _Found(None, 0.8, "unnamed in the article")
        is_whole = mention is not None and (mention.last == end or tokens.tags[mention.last] == "f")
        figure = mention.figure if mention is not None and is_whole else self._cast.figure_of(words)
        if figure is None:
            return _Found(None, 0.6, "named in the article", " ".join(words))
        if figure.actor is not None:
            return _Found(figure, 0.97 if end - start > 1 else 0.92, "name of a dossier actor")
        return _Found(figure, 0.9, "named in the article")

    def _is_office(self, words: list[str]) -> bool:
        """Whether capitalised words are an office of the dossier's alone, and no name."""
        plain_words = [word.lower() for word in words]
        return plain_words[-1] in self._names.person_nouns and all(w in self._roster.office_words for w in plain_words)

    def _possessor(self, first: int, head: int, avoid: Range | None) -> _Found | None:
        """ "the US' peace plan": what a plan or letter says, its owner says."""
        tokens, tags = self._tokens, self._tokens.tags
        word = tokens.lower(head)
        if word not in self._names.documents and _singular(word) not in self._names.documents:
            return None
        if tags[first] == "H":
            kind = self._names.pronouns.get(tokens.lower(first), "first")
            return self._find_pronoun(first, kind, avoid)
        mark = tags.rfind("s", first, head)
        if mark <= first:
            return None
        found = self._find_phrase(first, mark, avoid)
        return found._replace(certainty=round(found.certainty * 0.9, 2), why=f"{found.why}; it is their {word}")

    def _find_several(self, first: int, last: int) -> _Found:
        text = self._tokens.text[self._tokens.starts[first] : self._tokens.ends[last - 1]]
        return _Found(None, 0.5, "several speakers", text)

    def _is_common(self, word: str) -> bool:
        """Whether a capitalised word is a common noun at the start of a sentence ("Critics say")."""
        plain_word = word.lower()
        names = self._names
        known = plain_word in names.anonymous or plain_word in names.groups or plain_word in names.not_names
        return known or plain_word in names.person_nouns

    def _apposed_name(self, last: int) -> _Found | None:
        """ "Russia's foreign minister, Sergey Lavrov, ...": the name follows the description."""
        tags = self._tokens.tags
        found = _APPOSED.match(tags, last)
        if found is None:
            return None
        figure = self._cast.figure_of(list(self._tokens.words[found.start(1) : found.end(1)]))
        return None if figure is None else _Found(figure, 0.95, "name in apposition")

    def _find_description(self, first: int, end: int, last: int, avoid: Range | None) -> _Found:
        tokens = self._tokens
        head = tokens.lower(end - 1)
        side = self._side(first, last)
        if head in self._names.person_nouns:
            return self._find_role((first, end, last), side, avoid)
        if side is not None and tokens.tags[first] in "DNAnH" and speaks_for_state(tokens, self._names, first, end):
            return _Found(None, 0.7, "a body of a state of the dossier", actor=side)
        proper = "N" in tokens.tags[first:end] and self._is_agent_noun(head)
        return _Found(
            None, 0.5, "a body or group the article names", tokens.span(first, last).of(tokens.text) if proper else None
        )

    def _find_role(self, place: tuple[int, int, int], side: Actor | None, avoid: Range | None) -> _Found:
        """Who holds an office or answers to a description ("the foreign minister")."""
        tokens, names = self._tokens, self._names
        first, end, _ = place
        head = tokens.lower(end - 1)
        if self._is_unnamed(first, head):
            return _Found(None, 0.8, "unnamed in the article")
        before = frozenset(tokens.lower(k) for k in range(first, end - 1) if tokens.tags[k] in "nAN")
        if is_of_another_body(tokens, names, self._roster, place, self._roster.office_words):
            return _Found(None, 0.5, "an office of a body that is no actor's")
        said = office_words(tokens, names, first, end)
        guess = self._salience.described(first, head, side, avoid)
        if guess is not None and guess.margin < _CLEAR:
            return _Found(None, 0.3, "several in the article are described so")
        described = guess.figure if guess is not None else None
        if described is not None and (has_other_office(described, said, names) or self._is_owner(described, place)):
            described = None
        office = self._roster.holder_of(
            (before & self._roster.office_words) | said | {head}, head, side.id if side else None
        )
        if described is not None and (office is None or described.actor in (None, office)):
            return _Found(described, 0.75, "described so in the article")
        figure = next((f for f in self._cast.figures if f.actor is office), None) if office is not None else None
        if office is None or (figure is None and side is None and office.id not in self._cast.headlined):
            return _Found(None, 0.3, "nobody in the article is described so")
        return _Found(figure, 0.8 if side else 0.6, "office of a dossier actor", actor=office)

    def _is_owner(self, figure: Figure, place: tuple[int, int, int]) -> bool:
        """Whether a description is of somebody of the figure's ("her minister", "X, whose minister"), not of them."""
        tokens, (first, end, _) = self._tokens, place
        if tokens.tags[first] == "H":
            owner = self._find_pronoun(first, self._names.pronouns.get(tokens.lower(first), "first"), None)
            return owner.figure is figure
        before = first if first and tokens.lower(first - 1) == "whose" else tokens.tags.find("s", first, end)
        mention = self._salience.mention_in(max(before - _WHOSE, 0), before) if before > 0 else None
        return mention is not None and mention.figure is figure

    def _is_unnamed(self, first: int, head: str) -> bool:
        """Whether a description is of nobody in particular: "officials", "a diplomat"."""
        is_plural_group = head in self._names.anonymous and head.endswith("s")
        return is_plural_group or self._tokens.lower(first) in self._names.indefinite

    def _side(self, first: int, last: int) -> Actor | None:
        """The dossier's state or body that a phrase names beside its head ("the Russian leader")."""
        tokens = self._tokens
        if tokens.tags[first] == "H":
            return self._side_of_owner(first)
        for k in range(first, last):
            if tokens.tags[k] != "N":
                continue
            word = plain(tokens.words[k])
            actor = self._roster.by_demonym.get(word) or self._roster.by_alias.get(word)
            if actor is None and k + 1 < last:
                actor = self._roster.by_alias.get(plain(" ".join(tokens.words[k : k + 2])))
            if actor is not None and actor.kind is not ActorKind.PERSON:
                return actor
        return None

    def _side_of_owner(self, at: int) -> Actor | None:
        """For whom the owner speaks ("her foreign minister")."""
        owner = self._find_pronoun(at, self._names.pronouns.get(self._tokens.lower(at), "first"), None)
        if owner.figure is None or owner.figure.actor is None or owner.certainty < SHOWN_FROM:
            return None
        return self._roster.side_of(owner.figure.actor)

    # ---------------------------------------------------------------- pronouns
    def _find_pronoun(self, at: int, kind: str, avoid: Range | None) -> _Found:
        if kind in ("male", "female"):
            guess = self._salience.person(at, Gender(kind), avoid)
            if guess is None:
                return _Found(None, 0.2, "no person before the pronoun")
            if guess.margin < (_NEW_RIVAL if guess.has_new_rival else _TIED):
                return _Found(None, 0.3, "pronoun: two persons before it fit alike")
            return _Found(guess.figure, round(guess.margin * 0.9, 2), "pronoun: most salient person before it")
        if kind == "first":
            return _Found(None, 0.5, "the writer or a speaker of their own")
        body = self._salience.body(at, avoid) if kind in ("plural", "neuter") else None
        if body is not None:
            return _Found(body, 0.45, f"pronoun ({kind}): the body that opens the sentence before")
        return _Found(None, 0.25, f"pronoun ({kind}): nobody that fits")
