"""After a round, whoever loaded: one process tells of it, the one that Discord sends direct messages to."""

import pytest

from bot.gateway import run
from bot.schedules.sharding import parse_shards
from tests.fake_services import FakeServices


class Teller:
    """Everybody who tells something after a round."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.amending = self

    async def reload(self) -> None:
        self.did.append("reload")

    async def tell_left(self) -> int:
        self.did.append("sources")
        return 0

    async def tell(self) -> int:
        self.did.append("followers")
        return 0

    async def look_for_revisions(self) -> int:
        self.did.append("posts")
        return 0


@pytest.mark.parametrize(
    ("shards", "did"),
    [
        ("", ["reload", "sources", "followers", "posts"]),
        ("0", ["reload", "sources", "followers", "posts"]),
        ("1", ["reload"]),
    ],
)
async def test_only_who_has_direct_messages_tells(shards: str, did: list[str]) -> None:
    services, teller = FakeServices(), Teller()
    for name in ("source_news", "follows", "corrections"):
        setattr(services, name, teller)
    await run._load_and_tell(services.as_services(), teller.reload, parse_shards(shards, 2))
    assert teller.did == did
