"""The stretch of a sentence that holds a statement, cut where the reach of a cue ends."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from bot.positions.frames import Frame, Frames, Marks
from bot.positions.phrases import Hit, Token, longest

FrameHit = Hit[Frame]

_OPENING = frozenset(",([—–")


class Owner(Enum):
    """Whose attitude a cue tells of, seen from the statement's speaker."""

    OWN = "own"
    OTHER = "other"
    UNKNOWN = "unknown"


class Ownership(NamedTuple):
    """Whose cue it is; `actor_id` names the other side where the dossier knows it."""

    owner: Owner
    actor_id: str | None = None


OWN = Ownership(Owner.OWN)
UNKNOWN = Ownership(Owner.UNKNOWN)


class Voice(NamedTuple):
    """Who speaks: ids that count as the speaker's own side, and the token ranges known to mean the speaker."""

    own: frozenset[str]
    places: tuple[tuple[int, int], ...]
    cues: tuple[tuple[int, int], ...]
    is_quote: bool


class Clause:
    """Tokens with the cues found in them, the actors named, and the segment each token lies in."""

    def __init__(
        self,
        tokens: Sequence[Token],
        marks: Marks,
        names: Sequence[Hit[str]],
        voice: Voice,
        *,
        cues: Frames,
        lead: FrameHit | None = None,
    ) -> None:
        self.tokens = tokens
        self.marks = marks
        self.voice = voice
        self.lead = lead
        self._cues = cues
        self.actors = [(hit.start, hit.end, hit.value) for hit in names]
        self._actor_at = {place: actor for first, last, actor in self.actors for place in range(first, last)}
        found = [hit for hit in marks.frames if self._actor_at.keys().isdisjoint(range(*hit.head))]
        self.frames = [hit for hit in _without_covered(longest(found)) if self._is_predicative(hit)]
        self._frame_at = {place: hit for hit in self.frames for place in range(*hit.head)}
        self.segments, self.concessions, self.coordinate = self._cut()
        self.relatives = {self.segments[hit.start] for hit in marks.of("relative") if self._opens(hit.start)}

    def same_segment(self, one: int, other: int) -> bool:
        """Whether the two tokens lie in one segment."""
        return self.segments[one] == self.segments[other]

    def is_judged_at(self, place: int) -> bool:
        """Whether a judgement is introduced at `place` ("dismissed the levy as illegal")."""
        return place < len(self.tokens) and self._word(place) == self._cues.judged_as

    def is_realized(self, hit: FrameHit, last: int) -> bool:
        """Whether a verb between a yes and what it is about brings that about ("will impose", not "will outlast").

        Looked at are the verb after a modal or after "to"; cues and keywords speak for themselves.
        """
        infinitive = [place + 1 for place in range(hit.end - 1, last) if self._word(place) == "to"]
        if not infinitive and self._word(hit.end - 1) not in self._cues.auxiliaries:
            return True
        for place in range(infinitive[-1] if infinitive else hit.end, last):
            token = self.tokens[place]
            if place in self._frame_at or token.word in self._cues.determiners or place in self._actor_at:
                return True
            if token.word not in self._cues.light and not token.word.endswith("ly"):
                inside = {self._word(later) for later in range(place + 1, last)}
                return token.stem in self._cues.realizing and inside.isdisjoint(self._cues.question_words)
        return True

    def is_replaced(self, hit: FrameHit, last: int) -> bool:
        """Whether another verb beside the cue takes what comes after it ("renounce the pact and recognize the line").

        Not where the cue governs both ("wants to renounce the pact and recognize the line").
        """
        words = [
            self._word(place) for place in range(hit.end - 1, min(last, len(self.tokens)))
        ]  # "refused to" governs by its own last word
        for place, word in enumerate(words[:-1]):
            if word in self._cues.subordinators:
                return False
            if word in self._cues.coordinators and word != ",":
                after = next((one for one in words[place + 1 :] if one not in self._cues.between), "")
                if after in self._cues.verbs:
                    return True
        return False

    def _is_predicative(self, hit: FrameHit) -> bool:
        """Whether a word of judgement judges ("is illegal", "illegal to"), or only names a kind ("illegal fishing")."""
        if hit.value.kind != "verdict" or hit.value.scope == "right" or hit.words > 1 or hit.end == len(self.tokens):
            return True
        before = [self._word(place) for place in range(max(0, hit.start - 3), hit.start)]
        after = self._word(hit.end)
        is_end = after in self._cues.light or after in self._cues.governing or not after.isalnum()
        return is_end or not self._cues.passive.isdisjoint(before)

    def object_gap(self, segment: int) -> int | None:
        """Where the object is missing in a relative clause: after an attitude that only light words follow."""
        places = [place for place in range(len(self.tokens)) if self.segments[place] == segment]
        for hit in self.frames:
            if hit.value.kind == "attitude" and hit.head[0] in places and not self.is_passive(hit):
                after = [place for place in places if place >= hit.end]
                if not after or self._word(after[0]) in self._cues.light:
                    return hit.end
        return None

    def is_passive(self, hit: FrameHit) -> bool:
        """Whether the cue is a participle after a form of "be", so that what it is about stands before it."""
        if not self.is_participle(hit) or self._word(hit.head[1] - 1) in self._cues.governing:
            return False
        place = hit.head[0] - 1
        while place >= 0 and (self._word(place) in self._cues.between or self._word(place).endswith("ly")):
            place -= 1
        return place >= 0 and self._word(place) in self._cues.passive

    def is_participle(self, hit: FrameHit) -> bool:
        """Whether the cue is a past participle by its form."""
        word = self._word(hit.head[0])
        return word.endswith("ed") or word in self._cues.participles

    def direction(self, place: int, givers: frozenset[str]) -> int:
        """1 where the giving up told of at `place` is that of `givers`, -1 where another side's, 0 where it may be.

        The nearest actor before it does it if nothing but auxiliaries stand between ("Norland would have to give up");
        with an attitude and "to" between, the actor may do it ("Norland wants to give up").
        """
        actors = [(last, actor) for _, last, actor in self.actors if last <= place]
        if not givers or not actors or actors[-1][1] in givers or not self.same_segment(actors[-1][0] - 1, place):
            return 1
        between = range(actors[-1][0], place)
        if all(self._word(one) in self._cues.light or self._word(one).endswith("ly") for one in between):
            return -1
        asks = any(one in self._frame_at and self._frame_at[one].value.kind == "attitude" for one in between)
        return 0 if asks and self._word(place - 1) == "to" else 1

    def turns_back(self, hit: FrameHit) -> bool:
        """Whether a reversal right behind a thing turns that: "levy relief", "(to see) sanctions lifted"."""
        return self.tokens[hit.start].stem in self._cues.compounds or self.is_participle(hit)

    def owner(self, hit: FrameHit) -> Ownership:
        """Whose attitude the cue tells of: the nearest subject before it; its agent where it is passive."""
        if not self._is_voice_cue(hit.start, hit.end) and self.is_passive(hit):
            return self._agent_after(hit.end)
        return self.owner_at(hit.start, hit.end)

    def owner_at(self, first: int, last: int) -> Ownership:
        """Whose doing the words `[first, last)` tell of: the statement's own cue is the speaker's."""
        return OWN if self._is_voice_cue(first, last) else self._subject_before(first, set())

    def is_first_person(self, place: int) -> bool:
        """Whether "I" or "we" is the nearest person before this token."""
        persons = self._cues.first_person | self._cues.third_person | self._cues.second_person
        before = [token.word for token in self.tokens[:place] if token.word in persons]
        return bool(before) and before[-1] in self._cues.first_person

    def _subject_before(self, first: int, seen: set[int]) -> Ownership:
        heavy = False
        place = first - 1
        while place >= 0 and self.same_segment(place, first):
            word = self._word(place)
            if self._is_voice_cue(place, place + 1):
                return UNKNOWN if heavy else OWN
            named = self._named(place)
            if named is not None:
                return UNKNOWN if heavy and self._has_person(place, first) else named
            outer = self._frame_at.get(place)
            if outer is not None and outer.value.kind == "speech" and heavy:
                return UNKNOWN
            if (
                outer is not None
                and outer.value.kind in ("attitude", "verdict", "reversal")
                and outer.start not in seen
            ):
                if outer.value.kind == "attitude" and not heavy:
                    return self._subject_before(outer.start, seen | {outer.start})
                place = outer.start - 1
                continue
            heavy = heavy or not (word in self._cues.light or word.endswith("ly"))
            place -= 1
        if heavy:
            return UNKNOWN
        return self._subject_carried(place)

    def _has_person(self, owner: int, end: int) -> bool:
        """Whether the pronoun at `owner` only tells whose person acts ("his minister opposed"): that is another one."""
        return self._word(owner) in self._cues.third_person and any(
            self._word(place) in self._cues.people for place in range(owner + 1, end)
        )

    def _subject_carried(self, place: int) -> Ownership:
        """A clause without a subject of its own has the one of the clause before."""
        for earlier in range(place + 1):
            frame = self._frame_at.get(earlier)
            if self._is_voice_cue(earlier, earlier + 1) and frame is not None and frame.value.kind != "speech":
                return OWN
            named = self._named(earlier)
            if named is not None:
                return named
        return OWN

    def _named(self, place: int) -> Ownership | None:
        if any(start <= place < end for start, end in self.voice.places):
            return OWN
        actors = self._actors_joined_at(place)
        if actors:
            return OWN if self.voice.own.intersection(actors) else Ownership(Owner.OTHER, actors[0])
        word = self._word(place)
        if word in self._cues.first_person:
            return OWN
        if word in self._cues.second_person:
            return Ownership(Owner.OTHER)
        return self._antecedent(place) if word in self._cues.third_person else None

    def _actors_joined_at(self, place: int) -> list[str]:
        """The actor at `place` and those joined to it by "and" before it."""
        actors = []
        for first, last, actor in reversed(self.actors):
            if first <= place < last:
                actors.append(actor)
                link = self._word(first - 1) if first >= 2 else ""
                is_joined = link in self._cues.coordinators and (link != "," or len(actors) > 1)
                place = first - 2 if is_joined else -1
        return actors

    def _antecedent(self, place: int) -> Ownership:
        before = [actor for first, _, actor in self.actors if first < place]
        if before:
            return OWN if before[-1] in self.voice.own else Ownership(Owner.OTHER, before[-1])
        return UNKNOWN if self.voice.is_quote else OWN

    def _agent_after(self, place: int) -> Ownership:
        end = min(place + 4, len(self.tokens))
        agents = [one for one in range(place, end) if self._word(one) == self._cues.agent]
        if not agents:
            return UNKNOWN
        for one in range(agents[0] + 1, min(agents[0] + 4, len(self.tokens))):
            named = self._named(one)
            if named is not None:
                return named
        return UNKNOWN

    def _is_voice_cue(self, first: int, last: int) -> bool:
        return any(start < last and first < end for start, end in self.voice.cues)

    def _word(self, place: int) -> str:
        return self.tokens[place].word

    def _is_inflected(self, place: int) -> bool:
        token = self.tokens[place]
        return token.word.endswith(("ed", "ing", "s", "en")) or token.stem != token.word.rstrip("e")

    def _opens(self, place: int) -> bool:
        return place == 0 or not self.same_segment(place, place - 1) or self._word(place - 1) in _OPENING

    def _cut(self) -> tuple[list[int], set[int], set[int]]:
        starts: dict[int, bool] = {}
        joined: set[int] = set()
        for hit in self.marks.of("boundary"):
            starts[hit.start] = starts.get(hit.start, False) or hit.value.flag
        for opened in self.marks.of("closed"):
            comma = next((place for place in range(opened.end, len(self.tokens)) if self._word(place) == ","), None)
            if comma is not None:
                starts.setdefault(comma, False)
        for relative in self.marks.of("relative"):
            if relative.start and self._word(relative.start - 1) == ",":
                starts.setdefault(relative.start, False)
        for place, token in enumerate(self.tokens):
            is_relative = place > 0 and token.word in self._cues.relative_pronouns and self._word(place - 1) == ","
            if is_relative or (token.word in self._cues.coordinators and self._begins_clause(place + 1)):
                starts.setdefault(place, False)
                joined |= set() if is_relative else {place}
        segments, concessions, coordinate, current = [], set(), set(), 0
        for place in range(len(self.tokens)):
            if place in starts and place:
                current += 1
            if starts.get(place):
                concessions.add(current)
            if place in joined:
                coordinate.add(current)
            segments.append(current)
        return [*segments, current], concessions, coordinate

    def _begins_clause(self, place: int) -> bool:
        """After "and" or a comma: a new subject with its verb, or another finite cue."""
        if place < len(self.tokens) and self._word(place) in self._cues.relative_pronouns:
            return False
        skipped = place
        while skipped < len(self.tokens) and (
            self._word(skipped) in self._cues.between or self._word(skipped).endswith("ly")
        ):
            skipped += 1
        frame = self._frame_at.get(skipped)
        if frame is not None and frame.value.kind in ("attitude", "reversal", "speech") and frame.start == skipped:
            return self._is_inflected(skipped)
        if self._is_noun_phrase_with_verb(place):
            return True
        after = self._after_subject(place)
        return after is not None and after < len(self.tokens) and self._is_verbal(after)

    def _is_noun_phrase_with_verb(self, place: int) -> bool:
        """ ", the agenda is ...": an article and, a word or two later, an auxiliary."""
        if place >= len(self.tokens) or place == 0 or self._word(place) not in self._cues.determiners:
            return False
        return any(
            self._word(later) in self._cues.auxiliaries for later in range(place + 2, min(place + 4, len(self.tokens)))
        )

    def _after_subject(self, place: int) -> int | None:
        if place >= len(self.tokens) or place - 2 in self._actor_at:
            return None  # "Norland and Sudland say": one subject of two
        if self._word(place) in self._cues.third_person | self._cues.first_person:
            return place + 1
        ends = [last for first, last, _ in self.actors if first == place or (first == place + 1)]
        return max(ends) if ends else None

    def _is_verbal(self, place: int) -> bool:
        word = self._word(place)
        frame = self._frame_at.get(place)
        return word in self._cues.auxiliaries or (frame is not None and frame.start == place)


def _without_covered(hits: list[FrameHit]) -> list[FrameHit]:
    """Hits that no longer one has as a part ("no" within "no ... planned"), without those that only hide."""
    kept = [
        hit
        for hit in hits
        if not any(other.covers(*hit.head) and other.words > hit.words for other in hits if other is not hit)
    ]
    return [hit for hit in kept if hit.value.kind != "none"]
