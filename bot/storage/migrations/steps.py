"""Alembic, configured without a file. New step: see CONTRIBUTING (write it by hand; the test shows what is missing)."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Connection


def migrate(connection: Connection, target: str) -> None:
    """Go up to `target`, within the caller's transaction."""
    command.upgrade(_configuration(connection), target)


def revert(connection: Connection, target: str) -> None:
    """Go down to `target` ("base": no tables at all), within the caller's transaction."""
    command.downgrade(_configuration(connection), target)


def is_known(revision: str) -> bool:
    """Whether this version of the bot has a step with that name."""
    return revision in {script.revision for script in _scripts().walk_revisions()}


def head() -> str | None:
    """The newest step."""
    return _scripts().get_current_head()


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_configuration())


def _configuration(connection: Connection | None = None) -> Config:
    configuration = Config()
    configuration.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    configuration.set_main_option("path_separator", "os")
    configuration.attributes["connection"] = connection
    return configuration
