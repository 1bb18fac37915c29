"""Who occurs in one article: every name, its persons with gender and description, in order of appearance."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from bot.dossier import Actor, ActorKind
from bot.language.names import Gender, NameBook, PersonName
from bot.language.noun_phrases import noun_phrase_end
from bot.language.tokens import Tokens
from bot.positions.roster import Roster, plain

_NAMES = re.compile("N+(?:fN+)*")
_HEADING_WORD = re.compile(r"[^\W\d_][\w-]+")
_DESCRIPTION_LIMIT = 24  # tokens
_SENTENCE_LIMIT = 40  # tokens
_NEAR, _NEAR_TOKENS = 4, 30  # names and tokens before a bare surname
_OFFICE = 4  # tokens of an office before a name


@dataclass(slots=True)
class Figure:
    """Somebody of the article: a person, or a body such as a state or campaign. Built up while names are read."""

    key: str
    name: str
    is_person: bool
    gender: Gender = Gender.UNKNOWN
    actor: Actor | None = None
    given: str = ""
    surname: str = ""
    nouns: set[str] = field(default_factory=set)
    offices: set[str] = field(default_factory=set)  # all words of the offices that the figure is given
    description: str | None = None
    count: int = 0
    is_sure_person: bool = False
    is_unnamed: bool = False  # "a senior diplomat": somebody for a pronoun to mean, but no name to show


class Mention(NamedTuple):
    """A figure named at tokens `[first, last)`."""

    first: int
    last: int
    figure: Figure


class Cast:
    """Reads the names of one article into figures and mentions."""

    def __init__(self, tokens: Tokens, names: NameBook, roster: Roster, headings: Iterable[str] = ()) -> None:
        self._tokens = tokens
        self._names = names
        self._roster = roster
        self._by_key: dict[str, Figure] = {}
        self._by_surname: dict[str, list[Figure]] = {}
        self._by_last_word: dict[str, dict[str, Figure]] = {}  # bodies of several words
        self.mentions: list[Mention] = []
        words = {plain(word) for heading in headings for word in _HEADING_WORD.findall(heading)}
        # Who is named in title and headings: dossier persons whom "the minister" may mean without another name.
        self.headlined = frozenset(
            actor.id for word in words for actor in roster.by_surname.get(word, ()) if roster.person("", word) is actor
        )
        runs = list(self._runs())
        read = [(run, self._read(*run)) for run in runs]
        for _, (_, name) in read:  # full names first: they tell whose the bare surnames are
            if name is not None and (name.given or name.titles):
                self._add_full(name)
        for (_, last), (first, name) in read:
            mention = self._mention(first, last, name)
            if mention is not None:
                self.mentions.append(mention)
                self._describe(mention)
        self._learn_genders()

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Stretches of capitalised words; over a possessive only where it is part of the name of a body."""
        tags, waiting = self._tokens.tags, (0, 0)
        for found in _NAMES.finditer(tags):
            first, last = waiting
            if last and found.start() == last + 1 and tags[last] == "s":
                whole = first if self._is_body_of_many(last, found.end()) else None
                start = next((k for k in range(first, last) if self._is_alias(k, found.end())), whole)
                if start is not None:
                    if start > first:
                        yield first, start
                    waiting = (start, found.end())
                    continue
            if last:
                yield waiting
            waiting = found.span()
        if waiting[1]:
            yield waiting

    def _is_body_of_many(self, mark: int, last: int) -> bool:
        """ "the Northern Farmers' Federation": a plural's apostrophe and the noun of a body."""
        return self._tokens.words[mark] in ("'", "’") and self._tokens.lower(last - 1) in self._names.short_forms

    def _is_alias(self, first: int, last: int) -> bool:
        return plain(self._tokens.span(first, last).of(self._tokens.text)) in self._roster.by_alias

    @property
    def figures(self) -> Iterable[Figure]:
        """All figures, in order of first full mention."""
        return self._by_key.values()

    def figure_of_actor(self, actor: Actor) -> Figure:
        """The figure of a dossier actor, who need not be named in the article."""
        return self._of_actor(actor)

    def figure_of(self, words: list[str]) -> Figure | None:
        """The figure that these capitalised words name, if the article has it."""
        text = " ".join(words)
        actor = self._roster.by_alias.get(plain(text))
        if actor is not None and (figure := self._by_key.get("actor:" + actor.id)):
            return figure
        name = self._names.read_name(words)
        if name is None:
            return self._by_key.get(plain(text))
        return self._person(name) or self._by_key.get(plain(text))

    # ---------------------------------------------------------------- reading
    def _read(self, first: int, last: int) -> tuple[int, PersonName | None]:
        """Where the name proper begins, and the person's name in it if it reads as one."""
        tokens = self._tokens
        words = list(tokens.words[first:last])
        if self._is_alias(first, last):
            return first, None
        while first < last and tokens.tags[first] == "N" and words and words[0].lower() in self._names.not_names:
            first, words = first + 1, words[1:]
        if not words:
            return first, None
        name = self._read_around_of(words) if "of" in words else self._names.read_name(words)
        return first, name if name is not None and self._is_name_of_person(name, words, first) else None

    def _read_around_of(self, words: list[str]) -> PersonName | None:
        """ "Chancellor Anna Berg of Norway": the name before; "Secretary of State Anna Berg": the name after."""
        before = self._names.read_name(words[: words.index("of")])
        if before is not None and (before.is_known_given or before.titles):
            return before
        at = next((k for k, word in enumerate(words) if word.lower() in self._names.given and k), None)
        if at is None:  # "President of Norland Idris Kahn": the name after the state
            first = words.index("of") + 1
            at = next(
                (k for k in range(first + 1, len(words)) if plain(" ".join(words[first:k])) in self._roster.by_alias),
                None,
            )
        return None if at is None else self._names.read_name([words[0], *words[at:]])

    def _is_name_of_person(self, name: PersonName, words: list[str], first: int) -> bool:
        tokens = self._tokens
        if name.surname in self._names.groups:  # the General Assembly is no general
            return False
        if name.titles or name.is_known_given or not name.given:
            return True
        if first > 0 and tokens.lower(first - 1) in self._names.person_nouns:
            return True
        return len(words) <= 3 and not (first > 0 and tokens.tags[first - 1] in "DH")

    def _add_full(self, name: PersonName) -> None:
        figure = self._person(name) if not name.given else self._same_person(name)
        if figure is None:
            figure = self._new_person(name)
        if name.gender is not Gender.UNKNOWN and figure.gender is Gender.UNKNOWN:
            figure.gender = name.gender
        if len(name.full) > len(figure.name) and name.given and figure.actor is None:
            figure.name = name.full
        figure.is_sure_person |= bool(name.titles) or name.is_known_given
        figure.nouns.update(title for title in name.titles if title in self._names.person_nouns)
        figure.offices.update(name.titles)

    def _same_person(self, name: PersonName) -> Figure | None:
        actor = self._roster.person(name.given, name.surname)
        if actor is not None:
            return self._of_actor(actor)
        for figure in self._by_surname.get(name.surname, ()):
            if figure.given == name.given or not figure.given:
                figure.given = figure.given or name.given
                return figure
        return None

    def _new_person(self, name: PersonName) -> Figure:
        actor = self._roster.person(name.given, name.surname, name.gender)
        if actor is not None:
            return self._of_actor(actor)
        key = f"person:{name.given or name.gender}:{name.surname}"
        figure = self._by_key.setdefault(key, Figure(key, name.full, True, name.gender, None, name.given, name.surname))
        listed = self._by_surname.setdefault(name.surname, [])
        if figure not in listed:
            listed.append(figure)
        return figure

    def _of_actor(self, actor: Actor) -> Figure:
        key = "actor:" + actor.id
        figure = self._by_key.get(key)
        if figure is None:
            is_person = actor.kind is ActorKind.PERSON
            gender = self._roster.genders.get(actor.id, Gender.UNKNOWN)
            parts = plain(actor.name).split()
            figure = Figure(key, actor.name, is_person, gender, actor, parts[0], parts[-1], is_sure_person=is_person)
            self._by_key[key] = figure
            held = [office for office in self._roster.offices if office.actor is actor]
            figure.nouns.update(office.head for office in held)
            figure.offices.update(word for office in held for word in office.words)
            if is_person:
                self._by_surname.setdefault(parts[-1], []).append(figure)
        return figure

    def _person(self, name: PersonName) -> Figure | None:
        """The person meant by a name; of two with one surname, the one of fitting gender, then the more named."""
        if name.given:
            return self._same_person(name)
        listed = self._by_surname.get(name.surname, ())
        sure = [figure for figure in listed if name.gender in (Gender.UNKNOWN, figure.gender)]
        found = sure or [figure for figure in listed if figure.gender is Gender.UNKNOWN]
        actor = None if sure else self._roster.person("", name.surname, name.gender)
        if actor is not None and not any(figure.actor is actor for figure in found):
            return self._of_actor(actor)  # "Mr. Berg" where the article has named a Berg of whom nothing is known
        return max(found, key=lambda figure: figure.count, default=None)

    def _mention(self, first: int, last: int, name: PersonName | None) -> Mention | None:
        words = list(self._tokens.words[first:last])
        is_bare = name is None or not (name.given or name.titles)
        if not words or (is_bare and len(words) == 1 and words[0].lower() in self._names.demonyms):
            return None
        text = self._tokens.span(first, last).of(self._tokens.text)
        actor = self._roster.by_alias.get(plain(text))
        if actor is not None and not (actor.kind is ActorKind.PERSON and self._is_anothers(actor, words)):
            figure: Figure | None = self._of_actor(actor)
        elif name is not None:
            figure = self._holder(first, last, name) or self._of_two(first, name) or self._person(name)
            if figure is None:
                figure = self._body(text) if not name.titles else self._new_person(name)
        else:
            figure = self._body(text)
        assert figure is not None
        if len(words) > 1 and not figure.is_person:
            self._by_last_word.setdefault(plain(words[-1]), {})[figure.key] = figure
        figure.count += 1
        return Mention(first, last, figure)

    def _holder(self, first: int, last: int, name: PersonName) -> Figure | None:
        """Of several dossier actors with one surname, whom the office beside it means ("Berg, the foreign minister,").

        Without an office it is somebody of that surname, and no one of them.
        """
        actors = self._roster.by_surname.get(name.surname, ())
        if name.given or len(actors) < 2 or self._by_surname.get(name.surname):
            return None
        tokens = self._tokens
        end = noun_phrase_end(tokens, last + 1, len(tokens.tags)) if tokens.tags[last : last + 1] == "," else last
        words = {tokens.lower(k) for k in range(max(0, first - _OFFICE), end)}
        held = [o.actor for o in self._roster.offices if o.actor in actors and o.words <= words]
        if len(held) == 1:
            return self._of_actor(held[0])
        if name.titles:
            return None
        return self._somebody_of(name.surname, last - 1)

    def _of_two(self, first: int, name: PersonName) -> Figure | None:
        """Somebody of a surname and no one of two whom the article has named in full, where either may be meant.

        The more named is meant, unless another was named a few words before.
        """
        listed = self._by_surname.get(name.surname, ())
        if name.given or name.titles or len(listed) < 2:
            return None
        most = max(listed, key=lambda figure: figure.count)
        others = [one for one in listed if one is not most and one.count]
        near = [m.figure for m in reversed(self.mentions[-_NEAR:]) if first - m.first < _NEAR_TOKENS]
        is_open = any(one.count == most.count or one in near for one in others)
        return self._somebody_of(name.surname, first) if is_open else None

    def _somebody_of(self, surname: str, at: int) -> Figure:
        key = f"surname:{surname}"
        name = self._tokens.words[at]
        return self._by_key.setdefault(key, Figure(key, name, True, surname=surname, is_sure_person=True))

    def _is_anothers(self, actor: Actor, words: list[str]) -> bool:
        """Whether a bare surname of the dossier belongs to somebody else whom the article names in full."""
        surname = plain(words[-1]).split()[-1]
        figures = self._by_surname.get(surname, [])
        return len(words) == 1 and bool(figures) and all(figure.actor is not actor for figure in figures)

    def _body(self, text: str) -> Figure:
        key = plain(text)
        if key in self._names.short_forms and key not in self._by_key:  # "the Federation", named in full before
            full = self._by_last_word.get(key, {})
            if len(full) == 1:
                return next(iter(full.values()))
        return self._by_key.setdefault(key, Figure(key, text.removeprefix("The "), False))

    def _learn_genders(self) -> None:
        """A person of unknown gender takes that of the pronouns that follow alone with the name in a sentence."""
        votes: dict[str, int] = {}
        firsts = [*(mention.first for mention in self.mentions), len(self._tokens.tags)]
        for number, mention in enumerate(self.mentions):
            figure = mention.figure
            if figure.is_person and figure.gender is Gender.UNKNOWN:
                end = firsts[number + 1]
                votes[figure.key] = votes.get(figure.key, 0) + self._pronoun_vote(mention.last, end)
        for key, vote in votes.items():
            if vote:
                self._by_key[key].gender = Gender.MALE if vote > 0 else Gender.FEMALE

    def _pronoun_vote(self, first: int, end: int) -> int:
        """+1 for each male, -1 for each female pronoun between token `first` and the end of the sentence or `end`."""
        tokens = self._tokens
        vote = 0
        for k in range(first, min(end, first + _SENTENCE_LIMIT)):
            if tokens.tags[k] in ".~?":
                break
            if tokens.tags[k] in "SHO":
                kind = self._names.pronouns.get(tokens.lower(k))
                vote += (kind == "male") - (kind == "female")
        return vote

    # ----------------------------------------------------------- descriptions
    def _describe(self, mention: Mention) -> None:
        """Take what stands beside a person's name: "Jane Doe, a former judge,", "former ambassador Jane Doe"."""
        figure, tokens = mention.figure, self._tokens
        if not figure.is_person:
            return
        tags = tokens.tags
        before = mention.first - 1
        while before >= 0 and tags[before] == "n" and mention.first - before < 5:
            figure.nouns.add(tokens.words[before].lower())
            figure.offices.add(tokens.words[before].lower())
            before -= 1
        after = mention.last
        if tags[after : after + 1] == "," and after + 1 < len(tags) and tags[after + 1] in "DHnNRA":
            end = noun_phrase_end(tokens, after + 1, min(len(tags), after + _DESCRIPTION_LIMIT))
            if tags[end : end + 1] and tags[end] in ",.pthz" and end > after + 2:
                self._take(figure, after + 1, end)
        if mention.first >= 2 and tags[mention.first - 1] == "," and tags[mention.first - 2] in "nN":
            self._take_leading(figure, mention.first - 2)

    def _take(self, figure: Figure, first: int, last: int) -> None:
        tokens = self._tokens
        words = [tokens.words[k].lower() for k in range(first, last)]
        heads = {word for word in words if word in self._names.person_nouns}
        if not heads:
            return
        figure.nouns |= heads
        figure.offices.update(words)
        for word in words:
            gender = self._names.person_nouns.get(word, Gender.UNKNOWN)
            if figure.gender is Gender.UNKNOWN and gender is not Gender.UNKNOWN:
                figure.gender = gender
        if figure.description is None:
            while last < len(tokens.tags) and tokens.tags[last] in "pft" and last - first < _DESCRIPTION_LIMIT:
                end = noun_phrase_end(tokens, last + 1, len(tokens.tags))
                if end == last + 1:
                    break
                last = end
            figure.description = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]

    def _take_leading(self, figure: Figure, head: int) -> None:
        """ "the foreign minister, Jane Doe,": the description comes first."""
        word = self._tokens.words[head].lower()
        if word in self._names.person_nouns:
            figure.nouns.add(word)
            while head >= 0 and self._tokens.tags[head] in "nA":
                figure.offices.add(self._tokens.lower(head))
                head -= 1
