"""Every setting, in one frozen model. Nothing else reads the environment."""

from pathlib import Path
from typing import Literal, get_args

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.errors import ConfigurationError, InvalidInputError
from bot.mistakes import mistakes
from bot.schedules.sharding import parse_shards
from bot.sources.allowed import parse_allowed

PROJECT = Path(__file__).resolve().parent.parent


class Settings(BaseSettings):
    """Settings from the environment and `.env`; names as in `.env.example`."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,  # otherwise a mistyped token is printed
    )

    discord_token: SecretStr | None = Field(None, description="The bot's token; needed by `run` alone.")
    discord_api_url: str = Field(
        "https://discord.com/api/v10", description="Discord's HTTP base, or a rate-limit proxy's."
    )
    database_url: str = Field(
        "sqlite+aiosqlite:///data/attache.db", description="SQLite (default) or PostgreSQL; `postgres://` works too."
    )
    dossier: Path = Field(PROJECT / "config" / "dossiers" / "ukraine-peace.toml", description="The dossier's file.")
    lexicon: Path = Field(PROJECT / "config" / "lexicon", description="Folder of the language data.")
    reload_minutes: int = Field(30, ge=1, le=1440, description="How often sources are read while the bot runs.")
    load_processes: int = Field(
        0, ge=0, le=64, description="Processes that read a large load; 0 for one a core (at most 4), 1 for none extra."
    )
    pause_hours: int = Field(
        72, ge=0, le=8760, description="After how long a failing source is only looked at once a day; 0 for never."
    )
    grace_minutes: int = Field(120, ge=0, le=1440, description="How late a missed briefing may still be posted.")
    lease_seconds: int = Field(
        300, ge=1, le=3600, description="After how long a post that a crash interrupted is taken up again."
    )
    brief_items: int = Field(12, ge=1, le=25, description="Items of a briefing unless asked otherwise.")
    contact: str = Field("", max_length=200, description="Where publishers reach you: an address or a page.")
    allowed_hosts: str = Field(
        "", description="Hosts in your own network that sources may be read from: `10.0.0.0/8, news.lan:8080`."
    )
    shard_ids: str = Field("", description="Shards of this process, such as `0,2-3`; all of them without it.")
    shard_count: int | None = Field(None, ge=1, le=16384, description="Out of how many; as Discord advises without it.")
    metrics_port: int | None = Field(
        None, ge=0, le=65535, description="Port for `/metrics`, `/healthz` and `/readyz`; none is opened without it."
    )
    metrics_host: str = Field("127.0.0.1", description="Where that port listens: this machine alone by default.")
    log_format: Literal["text", "json"] = Field("text", description="Lines for people, or JSON for a collector.")
    language: Literal["en", "uk", "ru", "de", "fr", "es"] = Field(
        "en", description="Language of the console and of the command line's answers: en, uk, ru, de, fr or es."
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="How much is logged.")

    @field_validator("database_url")
    @classmethod
    def _with_async_driver(cls, url: str) -> str:
        """Platforms hand out `postgres://`; SQLAlchemy wants the dialect and the async driver named."""
        for prefix in ("postgres://", "postgresql://"):
            if url.startswith(prefix):
                return "postgresql+asyncpg://" + url.removeprefix(prefix)
        if url.startswith("sqlite://"):
            return "sqlite+aiosqlite://" + url.removeprefix("sqlite://")
        if url.startswith(("postgresql+asyncpg://", "sqlite+aiosqlite://")):
            return url
        raise ValueError("must start with sqlite:// or postgres://")

    @field_validator("language", mode="before")
    @classmethod
    def _first_that_we_speak(cls, words: object) -> object:
        """Systems set this variable too, to lists such as `pt_BR:pt:en`: that must not keep anybody from starting."""
        spoken = get_args(cls.model_fields["language"].annotation)
        wanted = (one.strip().lower()[:2] for one in str(words).split(":"))
        return next((one for one in wanted if one in spoken), "en")

    @field_validator("allowed_hosts")
    @classmethod
    def _are_hosts(cls, words: str) -> str:
        parse_allowed(words)
        return words

    @model_validator(mode="after")
    def _shards_are_there(self) -> "Settings":
        try:
            parse_shards(self.shard_ids, self.shard_count)
        except InvalidInputError as error:
            raise ValueError(f"{error.field}: {error.reason}") from None
        return self

    @field_validator("contact")
    @classmethod
    def _fits_into_a_header(cls, words: str) -> str:
        """It stands in every request's User-Agent."""
        if not (words.isascii() and words.isprintable()) or set(words) & set("()"):
            raise ValueError("must be plain ASCII without parentheses")
        return words.strip()

    @field_validator("discord_api_url")
    @classmethod
    def _is_http(cls, url: str) -> str:
        if not url.startswith(("http://", "https://")):
            raise ValueError("must start with http:// or https://")
        return url.rstrip("/")


def load_settings(**overrides: object) -> Settings:
    """The settings in force. Raises `ConfigurationError` naming each wrong setting, never its value."""
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # command line values are validated like the others
    except ValidationError as error:
        raise ConfigurationError("environment or .env", mistakes(error, is_environment=True)) from None
