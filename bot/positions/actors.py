"""Resolution: which actor or figure a speaker's words mean, how sure that is, and why."""

from bisect import bisect_left
from dataclasses import dataclass, replace

from bot.dossier import Actor, ActorKind
from bot.language.clauses import Subject, SubjectKind
from bot.language.names import Gender, NameBook
from bot.language.spans import Span
from bot.language.tokens import Tokens
from bot.positions.cast import Cast, Figure, Mention
from bot.positions.model import Speaker
from bot.positions.roster import Roster, plain

SHOWN_FROM = 0.35  # below this certainty a statement is shown under no one
_WINDOW = 60  # mentions looked back for a pronoun
_HEAD_BREAKS = "pfthqwbGlvVU,("


@dataclass(frozen=True, slots=True)
class _Found:
    figure: Figure | None
    certainty: float
    why: str
    name: str | None = None
    actor: Actor | None = None


def _singular(word: str) -> str:
    return word.removesuffix("s")


def _conjuncts(tags: str, first: int, last: int) -> list[tuple[int, int]]:
    """The parts of a coordination "X, Y and Z"."""
    parts: list[tuple[int, int]] = []
    start = first
    for k in range(first, last + 1):
        if k == last or tags[k] in "c,":
            if k > start:
                parts.append((start, k))
            start = k + 1
    return parts


class ActorResolver:
    """Resolves speakers of one article, sentence after sentence, remembering whom pronouns meant."""

    def __init__(self, tokens: Tokens, cast: Cast, names: NameBook, roster: Roster, sentence_starts: list[int]) -> None:
        self._tokens = tokens
        self._cast = cast
        self._names = names
        self._roster = roster
        self._starts = sentence_starts
        self._firsts = [mention.first for mention in cast.mentions]
        self._said: dict[int, Figure] = {}  # token of a resolved pronoun or description -> whom it meant
        self._last_speaker: Figure | None = None

    def resolve(self, subject: Subject, avoid: tuple[int, int] | None = None) -> Speaker:
        """The speaker for `subject`. Names within the tokens `avoid` (what was said) are no candidates."""
        tokens = self._tokens
        span = tokens.span(subject.first, subject.last)
        text = tokens.text[span.start : span.end]
        found = self._find(subject, avoid)
        if found.figure is not None and found.certainty >= SHOWN_FROM:
            self._said[subject.first] = found.figure
            self._last_speaker = found.figure
        return self._speaker(text, span, found)

    def resolve_each(self, subject: Subject, avoid: tuple[int, int] | None = None) -> tuple[Speaker, ...]:
        """The speakers for a subject: one for each name of a coordination of names, else one."""
        tokens, tags = self._tokens, self._tokens.tags
        first, last = subject.antecedent or (subject.first, subject.last)
        if "c" not in tags[first:last] or subject.kind is not SubjectKind.PHRASE:
            return (self.resolve(subject, avoid),)
        span = tokens.span(first, last)
        text = span.of(tokens.text)
        found = []
        for part_first, part_last in _conjuncts(tags, first, last):
            kind = SubjectKind.PRONOUN if tags[part_first] == "S" else SubjectKind.PHRASE
            one = self._find(Subject(part_first, part_last, kind), avoid)
            if one.figure is None and one.actor is None:
                return (self.resolve(subject, avoid),)
            found.append(one)
        return tuple(self._speaker(text, span, one) for one in found)

    def is_agent(self, subject: Subject) -> bool:
        """Whether a subject is somebody or a body or writing of somebody's, and no mere thing."""
        tokens = self._tokens
        first, last = subject.antecedent or (subject.first, subject.last)
        tag = tokens.tags[first]
        if tag in "SHhEM" or (tag == "D" and last == first + 1):
            return tokens.lower(first) not in ("it", "its")
        head = self._head_end(first, last) - 1
        word = tokens.lower(head)
        known = self._names.person_nouns.keys() | self._names.groups | self._names.documents | self._names.anonymous
        if tokens.tags[head] == "N" or word in known or word in self._names.pronouns:
            return True
        singular = _singular(word)
        return singular in known or (len(singular) > 4 and singular.endswith(self._names.agent_endings))

    def is_writer(self, subject: Subject) -> bool:
        """Whether a subject is the writer or the reader ("I", "we", "your")."""
        first, last = subject.first, subject.last
        return last == first + 1 and self._names.pronouns.get(self._tokens.lower(first)) == "first"

    def is_document(self, subject: Subject) -> bool:
        """Whether a subject is an unnamed writing or recording ("a post", "the letter")."""
        first, last = subject.antecedent or (subject.first, subject.last)
        tokens = self._tokens
        head = self._head_end(first, last) - 1
        return tokens.tags[first] in "DHn" and tokens.lower(head) in self._names.documents

    def resolve_name(self, name: Span) -> Speaker:
        """The speaker whose name stands alone at `name`, perhaps in capitals; "A" is whom the article is about."""
        text = name.of(self._tokens.text)
        figure = self._cast.figure_of([word.capitalize() for word in text.split()])
        if text == "A":
            people = [figure for figure in self._cast.figures if figure.is_sure_person]
            figure = max(people, key=lambda one: one.count, default=None)
            found = _Found(figure, 0.5, "the person the interview names most")
        elif figure is None:
            found = _Found(None, 0.7, "name before a colon", text.title())
        else:
            if figure.name.isupper():
                figure.name = figure.name.title()
            found = _Found(figure, 0.9, "name before a colon")
        return self._speaker(text, name, found)

    def _speaker(self, text: str, span: Span, found: _Found) -> Speaker:
        figure = found.figure
        if figure is None:
            actor = found.actor
            name = actor.name if actor is not None else found.name
            return Speaker(text, span, actor.id if actor else None, name, None, found.certainty, found.why)
        if found.certainty < SHOWN_FROM:
            return Speaker(text, span, None, None, None, found.certainty, found.why + ", too unsure to name")
        actor_id = figure.actor.id if figure.actor else None
        return Speaker(text, span, actor_id, figure.name, figure.description, found.certainty, found.why)

    def _find(self, subject: Subject, avoid: tuple[int, int] | None) -> _Found:
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
    def _find_phrase(self, first: int, last: int, avoid: tuple[int, int] | None) -> _Found:
        tokens, tags = self._tokens, self._tokens.tags
        whole = plain(tokens.text[tokens.starts[first] : tokens.ends[last - 1]])
        actor = self._roster.by_alias.get(whole)
        if actor is not None and actor.kind is not ActorKind.PERSON:
            return _Found(
                self._cast.figure_of(list(tokens.words[first:last])), 0.95, "an alias of the dossier", actor=actor
            )
        head_end = self._head_end(first, last)
        if "c" in tags[first:last] and "N" in tags[first:last]:
            return self._find_several(first, last)
        name_start = head_end
        while name_start > first and (tags[name_start - 1] == "N"):
            name_start -= 1
        if name_start < head_end:
            return self._find_name(name_start, head_end, first, last)
        found = self._apposed_name(last) or self._possessor(first, head_end - 1, avoid)
        if found is not None:
            return found
        return self._find_description(first, head_end, last, avoid)

    def _head_end(self, first: int, last: int) -> int:
        """Token after the head noun: before the first preposition or relative clause, past possessives."""
        tags = self._tokens.tags
        for k in range(first + 1, last):
            if tags[k] in _HEAD_BREAKS and not (tags[k] == "f" and tags[k - 1] == "N" and tags[k + 1 : k + 2] == "N"):
                if tags[k] in "GlvVU" and k + 1 < last and tags[k + 1] in "nNR":
                    continue
                return k
        return last

    def _find_name(self, start: int, end: int, first: int, last: int) -> _Found:
        tokens = self._tokens
        words = list(tokens.words[start:end])
        if end - start == 1 and self._is_common(words[0]):
            return _Found(None, 0.8, "unnamed in the article")
        mention = self._mention_in(first, end)
        figure = mention.figure if mention is not None and mention.last == end else self._cast.figure_of(words)
        if figure is None:
            return _Found(None, 0.6, "named in the article", " ".join(words))
        if figure.actor is not None:
            return _Found(figure, 0.97 if end - start > 1 else 0.92, "name of a dossier actor")
        return _Found(figure, 0.9, "named in the article")

    def _possessor(self, first: int, head: int, avoid: tuple[int, int] | None) -> _Found | None:
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
        return replace(found, certainty=round(found.certainty * 0.9, 2), why=f"{found.why}; it is their {word}")

    def _find_several(self, first: int, last: int) -> _Found:
        text = self._tokens.text[self._tokens.starts[first] : self._tokens.ends[last - 1]]
        return _Found(None, 0.5, "several speakers", text)

    def _is_common(self, word: str) -> bool:
        """Whether a capitalised word is a common noun at the start of a sentence ("Critics say")."""
        plain_word = word.lower()
        names = self._names
        known = plain_word in names.anonymous or plain_word in names.groups or plain_word in names.not_names
        return known or plain_word in names.person_nouns

    def _mention_in(self, first: int, last: int) -> Mention | None:
        """The last mention that lies within `[first, last)`."""
        at = bisect_left(self._firsts, last) - 1
        while at >= 0 and self._cast.mentions[at].first >= first:
            if self._cast.mentions[at].last <= last:
                return self._cast.mentions[at]
            at -= 1
        return None

    def _apposed_name(self, last: int) -> _Found | None:
        """ "Russia's foreign minister, Sergey Lavrov, ...": the name follows the description."""
        tags = self._tokens.tags
        if tags[last : last + 1] != "," or tags[last + 1 : last + 2] != "N":
            return None
        end = last + 1
        while end < len(tags) and tags[end] == "N":
            end += 1
        if tags[end : end + 1] != ",":
            return None
        figure = self._cast.figure_of(list(self._tokens.words[last + 1 : end]))
        return None if figure is None else _Found(figure, 0.95, "name in apposition")

    def _find_description(self, first: int, head_end: int, last: int, avoid: tuple[int, int] | None) -> _Found:
        tokens = self._tokens
        head = tokens.words[head_end - 1].lower()
        text = tokens.text[tokens.starts[first] : tokens.ends[last - 1]]
        side = self._side(first, last)
        if head in self._names.person_nouns:
            return self._find_role(first, head_end, head, side, text, avoid)
        if side is not None and tokens.tags[first] in "DNAn" and head in self._names.groups:
            return _Found(None, 0.7, "a body of a state of the dossier", actor=side)
        proper = any(tag == "N" for tag in tokens.tags[first:head_end])
        return _Found(None, 0.5, "a body or group the article names", text if proper else None)

    def _find_role(
        self, first: int, head_end: int, head: str, side: Actor | None, text: str, avoid: tuple[int, int] | None
    ) -> _Found:
        tokens = self._tokens
        if (head in self._names.anonymous and head.endswith("s")) or tokens.lower(first) in (
            "a",
            "an",
            "one",
            "another",
            "some",
        ):
            return _Found(None, 0.8, "unnamed in the article")
        before = frozenset(tokens.words[k].lower() for k in range(first, head_end - 1) if tokens.tags[k] in "nA")
        described = self._described(first, head, side, avoid)
        words = before & frozenset(word for office in self._roster.offices for word in office.words) | {head}
        office = self._roster.holder_of(frozenset(words), head, side.id if side else None)
        if described is not None and (office is None or described.actor is None or described.actor is office):
            return _Found(described, 0.75, "described so in the article")
        if office is not None:
            figure = next((f for f in self._cast.figures if f.actor is office), None)
            return _Found(figure, 0.8 if side else 0.6, "office of a dossier actor", actor=office)
        return _Found(None, 0.3, "nobody in the article is described so")

    def _described(self, at: int, head: str, side: Actor | None, avoid: tuple[int, int] | None) -> Figure | None:
        """The person last mentioned before token `at` whom the article calls by the noun `head`."""
        here = self._sentence_of(at)
        scores: dict[str, float] = {}
        figures: dict[str, Figure] = {}
        for mention in self._before(at, avoid):
            figure = mention.figure
            if figure.is_person and head in figure.nouns and self._is_of_side(figure, side):
                salience = self._salience(mention, here - self._sentence_of(mention.first), figure, Gender.UNKNOWN)
                figures[figure.key] = figure
                scores[figure.key] = max(scores.get(figure.key, 0.05 * figure.count), salience + 0.05 * figure.count)
        return figures[max(scores, key=lambda key: scores[key])] if scores else None

    @staticmethod
    def _is_of_side(figure: Figure, side: Actor | None) -> bool:
        return side is None or figure.actor is None or figure.actor.side in (None, side.id)

    def _side(self, first: int, last: int) -> Actor | None:
        """The dossier state or body that a phrase names beside its head ("the Russian leader", "president of France")."""
        tokens = self._tokens
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

    # ---------------------------------------------------------------- pronouns
    def _before(self, at: int, avoid: tuple[int, int] | None) -> list[Mention]:
        """Mentions before token `at`, the nearest first, without those in `avoid`."""
        end = bisect_left(self._firsts, at)
        found = self._cast.mentions[max(0, end - _WINDOW) : end]
        if avoid is not None:
            found = [mention for mention in found if not avoid[0] <= mention.first < avoid[1]]
        return found[::-1]

    def _find_pronoun(self, at: int, kind: str, avoid: tuple[int, int] | None) -> _Found:
        if kind in ("male", "female"):
            return self._find_person(at, Gender(kind), avoid)
        if kind == "first":
            return _Found(None, 0.5, "the writer or a speaker of their own")
        if kind in ("plural", "neuter"):
            return self._find_body(at, kind, avoid)
        return _Found(None, 0.3, f"a pronoun ({kind})")

    def _sentence_of(self, at: int) -> int:
        return bisect_left(self._starts, at + 1)

    def _find_person(self, at: int, gender: Gender, avoid: tuple[int, int] | None) -> _Found:
        here = self._sentence_of(at)
        scores: dict[str, float] = {}
        figures: dict[str, Figure] = {}
        for mention in self._before(at, avoid):
            figure = mention.figure
            distance = here - self._sentence_of(mention.first)
            if distance > 12:
                break
            if not self._may_be(figure, gender):
                continue
            score = self._salience(mention, distance, figure, gender)
            figures[figure.key] = figure
            scores[figure.key] = max(scores.get(figure.key, 0.0), score)
        for token, figure in self._said.items():
            distance = here - self._sentence_of(token)
            if token < at and distance <= 6 and self._may_be(figure, gender):
                figures[figure.key] = figure
                scores[figure.key] = max(scores.get(figure.key, 0.0), 3.2 * 0.72**distance)
        if not scores:
            return _Found(None, 0.2, "no person before the pronoun")
        for key, figure in figures.items():
            scores[key] += 0.5 * (figure is self._last_speaker) + 0.02 * min(figure.count, 20)
        best = max(scores, key=lambda key: scores[key])
        others = [score for key, score in scores.items() if key != best]
        margin = scores[best] / (scores[best] + max(others)) if others else 1.0
        return _Found(figures[best], round(margin * 0.9, 2), "pronoun: most salient person before it")

    @staticmethod
    def _may_be(figure: Figure, gender: Gender) -> bool:
        return figure.is_person and figure.gender in (gender, Gender.UNKNOWN)

    def _salience(self, mention: Mention, distance: int, figure: Figure, gender: Gender) -> float:
        tags = self._tokens.tags
        start = self._starts[self._sentence_of(mention.first) - 1] if self._sentence_of(mention.first) else 0
        follows = tags[mention.last : mention.last + 1]
        is_subject = bool(follows) and (follows in "VZvyxedmXa,h" or (follows == "s" and False))
        opens = mention.first - start <= 3
        score = 2.0 + 1.0 * is_subject + 0.6 * opens - 0.6 * (follows == "s")
        before = tags[mention.first - 1] if mention.first > start else " "
        score -= 0.5 * (before in "pf") + 0.3 * (before in "VZvl")
        if figure.gender is Gender.UNKNOWN and gender is not Gender.UNKNOWN:
            score -= 0.8 if figure.is_sure_person else 1.4
        return float(max(score, 0.1) * 0.72**distance)

    def _find_body(self, at: int, kind: str, avoid: tuple[int, int] | None) -> _Found:
        """Whom "they" or "it" means: the body last mentioned as subject at the start of a sentence nearby."""
        here = self._sentence_of(at)
        for mention in self._before(at, avoid):
            distance = here - self._sentence_of(mention.first)
            if distance > 1:
                break
            start = self._starts[self._sentence_of(mention.first) - 1]
            if not mention.figure.is_person and mention.first - start <= 2:
                return _Found(mention.figure, 0.45, f"pronoun ({kind}): the body that opens the sentence before")
        return _Found(None, 0.25, f"pronoun ({kind}): nobody that fits")
