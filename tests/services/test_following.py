"""Direct messages: for who asked, about what is new, once and only once - whatever fails in between."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.articles.clean import Cleaner
from bot.articles.model import Article, RawDocument
from bot.articles.stories import fingerprint, group_stories
from bot.catalogues import current_language, speaking
from bot.dossier import Dossier
from bot.errors import DeliveryFailedError, DeliveryRejectedError, InvalidInputError, NotFoundError
from bot.positions.novelties import News
from bot.positions.reader import Reader
from bot.services.correction_ports import Post as Message
from bot.services.editions import EditionLedger
from bot.services.following import FollowService
from bot.services.member_ports import Follow, Found, Member
from bot.services.names import Names
from bot.services.ports import Entry
from bot.storage.database import Database, open_database
from config.loading import load_dossier, load_lexicon
from tests.services.fakes import FakeClock
from tests.worlds import write_world

START = datetime(2025, 5, 20, 12, tzinfo=UTC)
LEXICON = load_lexicon(Path("config/lexicon"), "en")
IDA, PER = 11, 12
OLD = "Mara Lind, the fisheries minister of Norland, rejected a higher herring quota on Friday."
TURN = "Mara Lind, the fisheries minister of Norland, said on Monday that she supported a higher herring quota."
NEW_VOICE = "Jon Vesterby, the fisheries minister of Sudland, rejected a higher herring quota on Monday."


class Post:
    """`DirectMessenger` that keeps what was sent; `faults` are raised by the next calls, after sending if `late`."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, News, str, str]] = []
        self.faults: list[Exception] = []
        self.is_late = False

    async def send(self, member: Member, news: News, follows: Sequence[Follow], *, nonce: str) -> Message | None:
        assert follows
        if not self.faults or self.is_late:
            self.sent.append((member.member_id, news, nonce, current_language()))
        if self.faults:
            raise self.faults.pop(0)
        assert news.edition is not None
        return Message(len(self.sent), 70, 0, news.edition, current_language(), START, member.member_id)

    async def find_sent(self, member_id: int, language: str, *, nonce: str, since: datetime) -> Found | None:
        for number, (to, news, mark, _) in enumerate(self.sent, start=1):
            if (to, mark) == (member_id, nonce) and news.edition is not None:
                return Found(Message(number, 70, 0, news.edition, language, START, member_id))
        return None


class Town:
    """The service over a corpus that grows by articles of one sentence."""

    def __init__(self, database: Database, dossier: Dossier) -> None:
        self.database, self.clock, self.post = database, FakeClock(START), Post()
        self.cleaner, self.reader = Cleaner(LEXICON), Reader(LEXICON, dossier)
        self.names = Names(dossier)
        ledger = EditionLedger(corpus=database.corpus, editions=database.editions, names=self.names, clock=self.clock)
        self.service = FollowService(
            dossier=dossier,
            corpus=database.corpus,
            names=self.names,
            members=database.members,
            ledger=ledger,
            clock=self.clock,
            watch=self.watch,
        )
        self.watched: list[Message] = []
        self.service.write_through(self.post)

    async def watch(self, post: Message) -> None:
        self.watched.append(post)

    async def load(self, text: str, *, baseline: bool = False, name: str | None = None) -> None:
        at = self.clock.now
        file = name or f"{at:%Y-%m-%d %H%M} {abs(hash(text))}.txt"
        page = f"A headline from the coast\n\nNorland Post\n\n{at.day} May 2025\n\n{text}\n"
        article = self.cleaner.clean(RawDocument("coast", file, page.encode()), source_name="Post", not_after=at)
        assert isinstance(article, Article)
        one = Entry(article, self.reader.read(article), fingerprint(article), "v", at, baseline=baseline)
        await self.database.corpus.save([one])
        await self.database.corpus.save_stories(group_stories(await self.database.corpus.fingerprints()))

    def told(self, member_id: int = IDA) -> list[News]:
        return [news for member, news, *_ in self.post.sent if member == member_id]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Town]:
    database = await open_database("sqlite://")
    town = Town(database, load_dossier(write_world(tmp_path).dossier))
    await town.load(OLD, baseline=True)
    town.clock.move(days=5)
    yield town
    await database.close()


async def test_a_shift_is_told_once_to_who_follows(town: Town) -> None:
    await town.service.follow(IDA, "Lind", None)
    await town.service.follow(PER, None, "ports")
    assert await town.service.tell() == 0  # what the first load brought is no news
    await town.load(TURN)
    assert await town.service.tell() == 1
    assert await town.service.tell() == 0
    (news,) = town.told()
    (shift,) = news.shifts
    assert (shift.holder.actor_id, shift.topic_id, shift.after.text) == ("lind", "quota", TURN)
    assert shift.before is not None
    assert shift.before.text == OLD
    assert [(one.member_id, one.edition_id) for one in town.watched] == [(IDA, news.edition)]  # to be corrected
    assert not town.told(PER)


async def test_a_copy_in_another_outlet_is_no_other_event(town: Town) -> None:
    await town.service.follow(IDA, None, "quota")
    await town.load(TURN)
    await town.service.tell()
    town.clock.move(hours=1)
    await town.load(TURN, name="copy.txt")
    assert await town.service.tell() == 0


async def test_a_new_position_is_told_by_topic_and_by_state(town: Town) -> None:
    await town.service.follow(IDA, None, "quota")
    await town.service.follow(PER, "norland", None)
    await town.load(NEW_VOICE)
    await town.service.tell()
    (news,) = town.told()
    assert [(one.holder.actor_id, one.topic_id) for one in news.positions] == [("vesterby", "quota")]
    assert not town.told(PER)
    await town.load(TURN)
    await town.service.tell()
    assert [one.holder.actor_id for one in town.told(PER)[0].shifts] == ["lind"]  # she speaks for Norland


async def test_nothing_without_opt_in_and_nothing_after_opt_out(town: Town) -> None:
    await town.load(TURN)
    assert await town.service.tell() == 0
    await town.service.follow(IDA, "lind", "quota")
    assert await town.service.unfollow(IDA, None, None) == ()
    assert await town.service.tell() == 0


async def test_at_most_three_messages_a_day_and_the_rest_later(town: Town) -> None:
    await town.service.follow(IDA, None, "quota")
    for number in range(5):
        town.clock.move(hours=1)
        await town.load((TURN, NEW_VOICE)[number] if number < 2 else f"Storm {number} closed the harbours today.")
        await town.service.tell()
    assert len(town.told()) <= 3
    before = len(town.told())
    for _ in range(4):
        await town.database.members.claim(IDA, [f"other {_}"], f"batch {_}", town.clock.now)
    await town.load(TURN.replace("Monday", "Tuesday"), name="later.txt")
    assert await town.service.tell() == 0
    assert len(town.told()) == before


async def test_a_refused_message_pauses_and_is_told_with_the_next_command(town: Town) -> None:
    await town.service.follow(IDA, "lind", None)
    town.post.faults = [DeliveryRejectedError(IDA, "closed")]
    await town.load(TURN)
    assert await town.service.tell() == 0
    assert await town.service.tell() == 0
    assert not await town.service.must_be_told(PER)
    assert await town.service.must_be_told(IDA)
    assert not await town.service.must_be_told(IDA)
    await town.service.follow(IDA, "lind", None)
    assert await town.service.tell() == 1


@pytest.mark.parametrize("is_late", [True, False])
async def test_after_a_failure_the_chat_is_looked_at_first(town: Town, is_late: bool) -> None:
    await town.service.follow(IDA, "lind", None)
    town.post.faults, town.post.is_late = [DeliveryFailedError(IDA, "no answer")], is_late
    await town.load(TURN)
    await town.service.tell()
    await town.service.tell()  # too early: somebody may still be sending
    town.clock.move(minutes=15)
    await town.service.tell()
    town.clock.move(minutes=15)
    await town.service.tell()
    assert len(town.told()) == 1
    assert [one.member_id for one in town.watched] == [IDA]  # found or sent again, it is looked after


async def test_a_crash_between_claim_and_message_loses_nothing(town: Town) -> None:
    await town.service.follow(IDA, "lind", None)
    town.post.faults = [RuntimeError("killed")]
    await town.load(TURN)
    assert await town.service.tell() == 0
    town.clock.move(minutes=15)
    assert await town.service.tell() == 1
    assert len(town.told()) == 1


async def test_it_is_written_in_the_language_it_was_asked_in(town: Town) -> None:
    with speaking("uk"):
        await town.service.follow(IDA, "lind", None)
    await town.load(TURN)
    await town.service.tell()
    assert town.post.sent[0][3] == "uk"


@pytest.mark.parametrize(
    ("actor", "topic", "error"),
    [(None, None, InvalidInputError), ("nobody", None, NotFoundError), (None, "nothing", NotFoundError)],
)
async def test_only_what_the_dossier_knows_is_followed(
    town: Town, actor: str | None, topic: str | None, error: type[Exception]
) -> None:
    with pytest.raises(error):
        await town.service.follow(IDA, actor, topic)


async def test_old_articles_are_no_news(town: Town) -> None:
    await town.service.follow(IDA, "lind", None)
    await town.load(TURN)
    town.clock.now += timedelta(days=3)
    assert await town.service.tell() == 0


async def test_another_process_hears_of_a_refusal_within_a_minute(town: Town) -> None:
    await town.service.follow(IDA, "lind", None)
    assert not await town.service.must_be_told(IDA)
    await town.database.members.pause(IDA, town.clock.now)  # by the one that writes
    town.clock.move(minutes=1)
    assert await town.service.must_be_told(IDA)
    assert not await town.service.must_be_told(IDA)


async def test_what_was_looked_at_is_forgotten_where_nobody_follows_anything(town: Town) -> None:
    await town.database.members.look(IDA, 1, "B-1", town.clock.now)
    assert await town.service.tell() == 0
    assert (await town.database.members.footprint(IDA)).numbers["looks"] == 1
    town.clock.move(days=91)
    assert await town.service.tell() == 0
    assert "looks" not in (await town.database.members.footprint(IDA)).numbers
