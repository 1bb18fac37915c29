"""`attache settings …` on a database of its own."""

import json
from pathlib import Path

from tests.cli.conftest import Attache

RULE = {"channel": "904", "time": "08:30", "zone": "Europe/Kyiv", "days": "mon,fri", "topics": ["quota"]}


def test_a_file_is_looked_at_applied_and_written_again(attache: Attache, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    empty = attache("settings", "export", "--guild", "903")
    assert empty.code == 0
    content = json.loads(empty.out)
    assert content["schedules"] == []
    file.write_text(json.dumps(content | {"schedules": [RULE]}), encoding="utf-8")
    looked = attache("settings", "import", "--guild", "903", str(file))
    assert (looked.code, looked.out.splitlines()[0]) == (0, "Add a schedule: 08:30 Europe/Kyiv, mon,fri, #904")
    assert json.loads(attache("settings", "export", "--guild", "903").out)["schedules"] == []
    assert attache("settings", "import", "--guild", "903", str(file), "--apply").code == 0
    (kept,) = json.loads(attache("settings", "export", "--guild", "903").out)["schedules"]
    assert (kept["channel"], kept["time"], kept["topics"]) == ("904", "08:30", ["quota"])
    assert json.loads(attache("settings", "export", "--guild", "1").out)["schedules"] == []


def test_a_file_that_is_none_is_refused(attache: Attache, tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text("{}", encoding="utf-8")
    done = attache("settings", "import", "--guild", "903", str(file))
    assert done.code == 2
    assert "attache" in done.err
