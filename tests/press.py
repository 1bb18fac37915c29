"""A press that never sleeps: articles about any dossier, made by chance from a seed, with the statistics of real ones.

Of 700 words in the middle (log-normal, 90 to 4,000), about 40 things said in a thousand words, a quarter of them in
quotation marks, some by people whom the dossier does not know; head lines and furniture as outlets have them; one
article in twenty is an agency's text that another one prints too, edited or cut off. The words are our own.
"""

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path

from bot.dossier import ActorKind, Dossier, Topic

SEED = 20250822
FIRST_DAY = datetime(2024, 1, 1, tzinfo=UTC)
DAYS = 600
WORDS = 620  # of the article in the middle
_COPIED = 0.05  # share of articles that print another one's text
_SAID = 0.62  # share of sentences that tell what somebody said
_STRANGERS = 0.15  # share of speakers outside the dossier
_OUTLETS = 40
_PAPERS = ("Post", "Herald", "Ledger", "Courier")

_SYLLABLES = "ba bel bor cal dan dor el fal gar hal ith jor kal lin mar nor ol pel quin ras sel tor ul var wen yar zel"
_FIRST_NAMES = (
    "Ada Anton Bea Bram Carl Cora Dag Dina Edda Emil Fay Finn Gita Gus Hedda Hugo Ida Ivo Jana Joel Kaja Knut Lena "
    "Leo Mia Milo Nadja Nils Olga Otto Pia Paul Rita Rolf Sara Sven Tea Theo Ulla Uwe Vera Viktor Wanda Willem Yara"
)
_NOUNS = (
    "agreement bridge border budget cabinet ceasefire commission committee convoy corridor council crossing deadline "
    "delegation embassy envoy factory farm ferry field formula front garrison guarantee harbour hospital hotel "
    "island kitchen ladder lawyer letter line market meeting minister mission monitor mountain mountaineer newspaper "
    "observer office paper parliament patrol pipeline plan plant port prisoner programme proposal province railway "
    "reactor region report resident road room school sector soldier spokesman station street summit survey table "
    "territory text timetable tower town train treaty tunnel valley village visit vote warehouse weapon window winter"
)
_ADJECTIVES = (
    "alternative annual bitter brief careful central cold common costly distant early eastern final foreign former "
    "fragile full heavy initial joint large late local long lower minor narrow new northern old open partial quiet "
    "regional separate short slow small southern stalled steady temporary third urgent vacant western whole wide"
)
_VERBS = (
    "opened closed crossed delayed emptied examined filled followed guarded inspected left measured missed moved "
    "occupied painted photographed postponed prepared reached recalled rebuilt renamed repaired replaced searched "
    "shelled signed studied surrounded toured visited watched"
)
_PLACES = "north south east west valley coast capital delta hills suburbs highlands lowlands islands"
_TIMES = (
    "on Monday|on Tuesday|on Wednesday|on Thursday|on Friday|last week|in the early hours|after midnight|before dawn|"
    "for the third time|in March|this summer|over the weekend|a day later|two years ago|without further notice"
)
_REPORTS = "said|said|said|told reporters|argued|insisted|warned|added|wrote|announced|stressed|noted|acknowledged"
_STANCES = (
    "would never accept that {p}|supported the idea that {p}|would not agree that {p}|was ready to accept that {p}|"
    "rejected any plan under which {p}|could accept that {p} if there were guarantees|wanted more time for {k}|"
    "was opposed to {k}|welcomed progress on {k}|saw no reason to talk about {k}|called for a decision on {k}"
)
_FURNITURE = (
    "Sign up for the {o} morning letter|Read more from {o}|Share  Tweet  Email|ADVERTISEMENT|"
    "Follow {o} on the usual networks|Get unlimited access to {o} for 1 a week. Subscribe now.|Listen to this article"
)


@dataclass(frozen=True, slots=True)
class Print:
    """An article as a file: its name, the outlet's, when it was published, and its text."""

    name: str
    outlet: str
    published_at: datetime
    text: str


class Press:
    """Prints articles of about `words` words. The same dossier, seed and number give the same articles."""

    def __init__(self, dossier: Dossier, seed: int = SEED, *, words: int = WORDS) -> None:
        self._chance = random.Random(seed)
        self._actors = [actor for actor in dossier.actors if actor.kind is ActorKind.PERSON] or list(dossier.actors)
        self._states = [actor.name for actor in dossier.actors if actor.kind is not ActorKind.PERSON] or ["The council"]
        self._topics = dossier.topics
        self._words = words
        parts = product(_SYLLABLES.split(), _SYLLABLES.split(), ("", "ik", "sen", "o"))
        self._surnames = ["".join(part).capitalize() for part in parts]
        self._chance.shuffle(self._surnames)
        self._firsts = _FIRST_NAMES.split()
        self._outlets = [f"{name} {self._chance.choice(_PAPERS)}" for name in self._surnames[:_OUTLETS]]

    def articles(self, number: int) -> Iterator[Print]:
        """So many articles, in the order of their names; days lie mixed."""
        recent: list[str] = []  # texts that may be printed again
        for index in range(number):
            day = FIRST_DAY + timedelta(days=self._chance.randrange(DAYS), minutes=self._chance.randrange(1440))
            outlet = self._chance.choice(self._outlets)
            if recent and self._chance.random() < _COPIED:
                body = self._edited(self._chance.choice(recent))
            else:
                body = self._body()
                recent = [*recent[-50:], body]
            yield Print(f"{index // 1000:03}/{index:06}.txt", outlet, day, self._page(outlet, day, body))

    def _page(self, outlet: str, day: datetime, body: str) -> str:
        title, _, prose = body.partition("\n\n")
        paragraphs = prose.split("\n\n")
        furniture = self._chance.choice(_FURNITURE.split("|")).format(o=outlet)
        paragraphs.insert(self._chance.randrange(len(paragraphs) + 1), furniture)
        author = f"By {self._stranger()}"
        head = [title, outlet, author, f"{day:%d %B %Y %H:%M} UTC"]
        return "\n\n".join(["\n".join(head), *paragraphs, f"© {outlet}"]) + "\n"

    def _body(self) -> str:
        words = min(4000, max(60, int(self._chance.lognormvariate(math.log(self._words), 0.5))))
        topics = self._chance.sample(self._topics, k=min(3, len(self._topics)))
        speakers = [self._speaker() for _ in range(self._chance.randint(2, 6))]
        paragraphs: list[str] = []
        written = 0
        while written < words:
            sentences = [self._sentence(speakers, topics) for _ in range(self._chance.randint(1, 3))]
            paragraphs.append(" ".join(sentences))
            written += len(paragraphs[-1].split())
        title = self._plain().rstrip(".")
        return "\n\n".join([title, *paragraphs])

    def _edited(self, body: str) -> str:
        """As another outlet prints it: cut off, or with a few words of its own."""
        paragraphs = body.split("\n\n")
        if self._chance.random() < 0.5 and len(paragraphs) > 6:
            return "\n\n".join(paragraphs[: len(paragraphs) // 2])
        at = self._chance.randrange(1, len(paragraphs))
        return "\n\n".join([*paragraphs[:at], self._plain(), *paragraphs[at + 1 :]])

    def _sentence(self, speakers: list[tuple[str, str]], topics: Sequence[Topic]) -> str:
        if self._chance.random() >= _SAID:
            return self._plain()
        speaker, short = self._chance.choice(speakers)
        who = self._chance.choice((speaker, short, short))
        verb, when = self._one(_REPORTS), self._one(_TIMES)
        topic = self._chance.choice(topics)
        said = self._one(_STANCES).format(
            p=_inner(topic.proposition or self._plain()), k=self._chance.choice(topic.keywords)
        )
        kind = self._chance.random()
        if kind < 0.25:
            return (
                f"“We {self._word(_VERBS)} the {self._word(_NOUNS)} {when}, and nobody {said},” {who} {_plainly(verb)}."
            )
        if kind < 0.85:
            return f"{who} {verb} {when} that {self._chance.choice(self._states)} {said}, {self._aside()}."
        return f"According to {who}, {self._plain()[0].lower()}{self._plain()[1:]}"

    def _plain(self) -> str:
        one, other = self._word(_NOUNS), self._word(_NOUNS)
        number = self._chance.randint(2, 900)
        return (
            f"The {self._word(_ADJECTIVES)} {one} in {self._chance.choice(self._surnames)} {self._word(_VERBS)} the "
            f"{self._word(_ADJECTIVES)} {other} in the {self._word(_PLACES)} {self._one(_TIMES)}, {number} "
            f"{self._word(_NOUNS)}s from the {self._word(_NOUNS)}."
        )

    def _aside(self) -> str:
        return f"with the {self._word(_ADJECTIVES)} {self._word(_NOUNS)} still to be {self._word(_VERBS)}"

    def _speaker(self) -> tuple[str, str]:
        if self._chance.random() < _STRANGERS:
            name = self._stranger()
            return name, name.split()[-1]
        actor = self._actors[min(int(self._chance.expovariate(4 / len(self._actors))), len(self._actors) - 1)]
        return actor.name, actor.name.split()[-1]

    def _stranger(self) -> str:
        return f"{self._chance.choice(self._firsts)} {self._chance.choice(self._surnames)}"

    def _word(self, words: str) -> str:
        return self._chance.choice(words.split())

    def _one(self, phrases: str) -> str:
        return self._chance.choice(phrases.split("|"))


def print_folder(folder: Path, press: Press, number: int) -> int:
    """Fill a folder with so many articles; the number of words."""
    words = 0
    for one in press.articles(number):
        file = folder / one.name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(one.text, encoding="utf-8")
        words += len(one.text.split())
    return words


def _inner(proposition: str) -> str:
    """A sentence as a clause. Whether it begins with a name can't be told; nor does it matter here."""
    return proposition.rstrip(".")


def _plainly(verb: str) -> str:
    return "said" if verb in ("warned", "stressed", "acknowledged") else verb
