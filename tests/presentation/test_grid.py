"""The position grid as data, description, text twin and picture."""

import struct
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from bot.articles.model import Citation, DatePrecision, Published
from bot.dossier import Actor, ActorKind, Dossier, Topic
from bot.language.spans import Span
from bot.positions.model import Cell, Digest, Evidence, Holder, Mode, Position, Speaker, Stance, Statement
from bot.presentation.grid import MOST_DESCRIBED, Grid, describe_grid, grid_lines, plan_grid
from bot.presentation.grid_picture import draw_grid

DAY = datetime(2025, 8, 20, tzinfo=UTC)
ACTORS = tuple(Actor(f"a{i}", f"Actor {i}", ActorKind.STATE) for i in range(4))
TOPICS = (
    Topic("quota", "Catch quota", ("quota",), "Quotas fall"),
    Topic("talks", "The talks", ("talks",)),
    Topic("port", "Port access", ("port",), "Ports open"),
)
DOSSIER = Dossier("fish", "Fish talks", "en", (), ACTORS, TOPICS, "d")


def position(holder: Holder, topic: str, stance: Stance | None, as_of: datetime | None = DAY) -> Position:
    speaker = Speaker(holder.name, None, holder.actor_id, holder.name, None, 1.0, "named")
    statement = Statement(0, Mode.INDIRECT, speaker, "said", None, Span(0, 4), None, (topic,), stance)
    published = Published(as_of, DatePrecision.DAY) if as_of else None
    citation = Citation("x", "x.txt", None, None, None, None, published, Span(0, 4))
    evidence = Evidence(statement, citation, "Text", "x")
    return Position(holder, topic, stance, as_of, Mode.INDIRECT, (evidence,), 1, "latest")


def digest(*positions: Position, blanks: tuple[tuple[str, str], ...] = ()) -> Digest:
    cells = [Cell(one.holder, one.topic_id, one) for one in positions]
    cells += [Cell(Holder(None, name), topic, None) for name, topic in blanks]
    return Digest("fish", None, None, None, tuple(cells), (), (), articles=7)


def grid_of(*positions: Position, **options: int) -> Grid:
    return plan_grid(digest(*positions), DOSSIER, **options)


A, B, C = (Holder(actor.id, actor.name) for actor in ACTORS[:3])


def test_only_topics_with_a_proposition_and_actors_with_a_position_are_shown() -> None:
    grid = grid_of(position(A, "quota", Stance.FOR), position(B, "talks", None))
    assert (grid.actors, grid.topics) == (("Actor 0",), ("Catch quota", "Port access"))
    assert [field.is_found for field in grid.fields[0]] == [True, False]


def test_where_rows_are_few_the_fullest_stay_in_the_order_of_the_dossier() -> None:
    grid = grid_of(
        position(A, "quota", Stance.FOR),
        position(B, "quota", Stance.UNCLEAR),
        position(C, "quota", Stance.AGAINST),
        position(C, "port", Stance.FOR),
        most_rows=2,
    )
    assert (grid.actors, grid.left_out) == (("Actor 0", "Actor 2"), 1)
    assert grid_lines(grid)[-1].startswith("1 more with fewer positions")


def test_the_text_twin_says_everything_the_picture_shows() -> None:
    grid = grid_of(position(A, "quota", Stance.CONDITIONAL), position(A, "port", Stance.AGAINST, None))
    assert grid_lines(grid) == ("Actor 0: Catch quota on conditions (20 Aug 2025), Port access opposed (undated)",)
    assert "Actor 0: Catch quota on conditions, Port access opposed." in describe_grid(grid)


def test_the_description_fits_discord_and_ends_with_a_whole_row() -> None:
    holders = [Holder(None, f"A speaker with quite a long name, number {i}") for i in range(40)]
    many = [position(holder, topic, Stance.FOR) for holder in holders for topic in ("quota", "port")]
    text = describe_grid(grid_of(*many, most_rows=40))
    assert len(text) <= MOST_DESCRIBED
    assert text.endswith("in favour. The text of this answer has the rest.")


@pytest.mark.filterwarnings("ignore:Glyph")  # the font's "missing" sign stands for what it lacks
@pytest.mark.parametrize(
    "positions",
    [
        (),
        (position(A, "quota", Stance.FOR),),
        tuple(position(Holder(None, "名前 $x^{2$ \\frac{1 <b>" + "long " * 30), "port", stance) for stance in Stance),
    ],
)
def test_the_picture_is_a_png_and_the_same_each_time(positions: tuple[Position, ...]) -> None:
    grid = grid_of(*positions)
    picture = draw_grid(grid)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", picture[16:24])
    assert 700 < width < 4000
    assert 200 < height < 4000
    assert picture == draw_grid(grid)


def test_two_people_may_ask_at_once() -> None:
    grid = grid_of(*(position(A, topic, stance) for topic in ("quota", "port") for stance in Stance))
    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(draw_grid, [grid] * 8))) == 1
