"""After a round, whoever loaded: one process tells of it, the one that Discord sends direct messages to."""

import pytest

from bot.errors import StorageError
from bot.gateway import run
from bot.schedules.sharding import parse_shards
from tests.fake_services import FakeServices


class Teller:
    """Everybody who tells something after a round."""

    def __init__(self) -> None:
        self.did: list[str] = []
        self.amending = self
        self.fault: Exception | None = None

    async def reload(self) -> None:
        self._do("reload")

    async def tell_left(self) -> int:
        return self._do("sources")

    async def tell(self) -> int:
        return self._do("followers")

    async def look_for_revisions(self) -> int:
        return self._do("posts")

    def _do(self, what: str) -> int:
        self.did.append(what)
        if self.fault is not None:
            raise self.fault
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
    teller = Teller()
    await _round(teller, shards)
    assert teller.did == did


@pytest.mark.parametrize("fault", [StorageError("gone", "away"), KeyError("ours")])
async def test_what_goes_wrong_in_one_step_stops_no_other(fault: Exception, caplog: pytest.LogCaptureFixture) -> None:
    teller = Teller()
    teller.fault = fault
    await _round(teller, "")
    assert teller.did == ["reload", "sources", "followers", "posts"]
    assert [one.levelname for one in caplog.records if one.name.startswith("bot.")] == ["ERROR"] * 4
    assert ("Traceback" in caplog.text) is isinstance(fault, KeyError)


async def _round(teller: Teller, shards: str) -> None:
    services = FakeServices()
    for name in ("source_news", "follows", "corrections"):
        setattr(services, name, teller)
    await run._load_and_tell(services.as_services(), teller.reload, parse_shards(shards, 2))
