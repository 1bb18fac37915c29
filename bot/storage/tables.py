"""The tables. `migrations/` builds the same step by step; a test compares the two.

Identifiers compare byte by byte in both engines (`C` collation in PostgreSQL), so that both sort alike. Instants are
stored in UTC and come back aware. What is filtered on is a column with an index; the rest is compact JSON (`codec`).
"""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    DDL,
    BigInteger,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Row,
    Select,
    Table,
    Text,
    Time,
    event,
)
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.types import TypeEngine

from bot.storage.instants import Instant

UNDATED = datetime.min.replace(tzinfo=UTC)
AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key() -> TypeEngine[str]:
    return Text().with_variant(Text(collation="C"), "postgresql")


articles = Table(
    "articles",
    metadata,
    Column("id", _key(), primary_key=True),
    Column("source_id", _key(), nullable=False),
    Column("location", _key(), nullable=False),
    Column("content_hash", Text, nullable=False),
    Column("analyser", Text, nullable=False),
    Column("title", Text),
    Column("outlet", Text),
    Column("author", Text),
    Column("url", Text),
    Column("published_at", Instant),
    Column("precision", Text),  # day or time; null for an undated article
    Column("first_seen_at", Instant, nullable=False),
    Column("baseline", Boolean, nullable=False),
    Column("lookup", Text, nullable=False),  # casefolded title and location, for `find_articles`
    Column("agency", Text),  # the news agency whose text it is, or rests on
    Column("language", Text),  # where it is another one than the dossier's
    Index("uq_articles_source_id_location", "source_id", "location", unique=True),
    Index("ix_articles_published_at_id", "published_at", "id"),
    Index("ix_articles_first_seen_at", "first_seen_at"),
)

article_bodies = Table(  # apart, so that scans of `articles` do not wade through the texts
    "article_bodies",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
    Column("structure", Text, nullable=False),
    Column("reading", Text, nullable=False),
)

revisions = Table(  # former texts of articles whose publisher changed them
    "revisions",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("replaced_at", Instant, primary_key=True),
    Column("text", Text, nullable=False),
)

fingerprints = Table(
    "fingerprints",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("words", Integer, nullable=False),
    Column("signature", LargeBinary, nullable=False),
)

document_looks = Table(  # how documents looked when they were read last; a cache, but one that must not lie
    "document_looks",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("stamp", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("lines", LargeBinary, nullable=False),
    Column("taken_at", Instant, nullable=False),
)

sentences = Table(  # every sentence as `/search` finds it: where it stands, and its words as they are compared
    "sentences",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("terms", Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
    sqlite_autoincrement=True,  # an id is never given twice: the index might still know of the old one
)
Index("ix_sentences_terms", sentences.c.terms, postgresql_using="gin").ddl_if(dialect="postgresql")

# SQLite's full-text index over `sentences`. Triggers keep it in step, whoever deletes: a cascade fires them as well.
SENTENCE_INDEX = (
    """CREATE VIRTUAL TABLE sentence_index USING fts5(
        terms, content='sentences', content_rowid='id', tokenize="unicode61 remove_diacritics 0"
    )""",
    """CREATE TRIGGER sentences_added AFTER INSERT ON sentences BEGIN
        INSERT INTO sentence_index(rowid, terms) VALUES (new.id, new.terms);
    END""",
    """CREATE TRIGGER sentences_removed AFTER DELETE ON sentences BEGIN
        INSERT INTO sentence_index(sentence_index, rowid, terms) VALUES ('delete', old.id, old.terms);
    END""",
)
for _statement in SENTENCE_INDEX:
    _made = DDL(_statement)  # type: ignore[no-untyped-call]  # the library does not annotate it
    event.listen(metadata, "after_create", _made.execute_if(dialect="sqlite"))

statements = Table(
    "statements",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("actor_id", _key()),
    Column("name", _key()),
    Column("mode", Text, nullable=False),
    Column("stance", Text),
    Column("published_at", Instant),  # the article's, copied so that one index answers "who, until when"
    Column("passage_start", Integer),
    Column("passage_end", Integer),
    Column("passage", Text),  # the article's text at the passage; null for a statement shown under no one
    Column("detail", Text, nullable=False),
    Index("ix_statements_actor_id_name_published_at", "actor_id", "name", "published_at"),
    Index("ix_statements_name_published_at", "name", "published_at"),
    Index("ix_statements_published_at", "published_at"),
    Index("ix_statements_spoken", "article_id", "passage_start", "passage_end", "actor_id", "name"),  # for searches
)

statement_topics = Table(  # of statements shown under somebody; with who and when, to find the newest by index alone
    "statement_topics",
    metadata,
    Column("article_id", _key(), primary_key=True),
    Column("ordinal", Integer, primary_key=True, autoincrement=False),
    Column("topic_id", _key(), primary_key=True),
    Column("actor_id", _key()),
    Column("name", _key()),
    Column("sort_at", Instant, nullable=False),  # publication, or for undated ones `UNDATED`, before all others
    ForeignKeyConstraint(
        ["article_id", "ordinal"], ["statements.article_id", "statements.ordinal"], ondelete="CASCADE"
    ),
    Index("ix_statement_topics_by_actor", "actor_id", "topic_id", "sort_at", "article_id", "ordinal"),
    Index("ix_statement_topics_by_topic", "topic_id", "actor_id", "name", "sort_at", "article_id", "ordinal"),
    Index("ix_statement_topics_by_name", "name", "topic_id"),
    sqlite_with_rowid=False,
)

story_members = Table(
    "story_members",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("story_id", _key(), nullable=False),  # the lead's id
    Column("place", Integer, nullable=False),
    Column("relation", Text, nullable=False),
    Column("similarity", Float, nullable=False),
    Column("reason", Text, nullable=False),
    Index("ix_story_members_story_id", "story_id"),
)

source_states = Table(
    "source_states",
    metadata,
    Column("source_id", _key(), primary_key=True),
    Column("status", Text, nullable=False),
    Column("reason", Text),
    Column("checked_at", Instant),
    Column("succeeded_at", Instant),
    Column("failures", Integer, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("failing_since", Instant),
    Column("news_at", Instant),
    Column("due_at", Instant),
    Column("pause", Text),
    Column("tally", Text),
)

sources = Table(  # those added to the dossier's; guild 0 is the operator
    "sources",
    metadata,
    Column("id", _key(), primary_key=True),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("kind", Text, nullable=False),
    Column("location", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("added_by", BigInteger, nullable=False),
    Column("added_at", Instant, nullable=False),
    Column("removed_at", Instant),
)

guilds = Table(  # what servers have set for themselves
    "guilds",
    metadata,
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("log_channel_id", BigInteger),
    Column("language", Text),  # the server's own, as Discord last told it
)

schedules = Table(
    "schedules",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("guild_id", BigInteger, nullable=False, index=True),
    Column("channel_id", BigInteger, nullable=False),
    Column("local_time", Time, nullable=False),
    Column("zone", Text, nullable=False),
    Column("days", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("words", Integer),
    Column("created_at", Instant, nullable=False),
    Column("created_by", BigInteger, nullable=False),
    Column("paused", Boolean, nullable=False),
    Column("ruled_at", Instant),  # null: since it was created
    Column("posting", Text),  # null: everything as it is by default
    sqlite_autoincrement=True,  # an id is never given twice: deliveries and messages may still speak of the old one
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("schedule_id", ForeignKey("schedules.id", ondelete="CASCADE"), primary_key=True),
    Column("local_date", Date, primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("state", Text, nullable=False),
    Column("worker", Text, nullable=False),
    Column("claimed_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Column("attempts", Integer, nullable=False),
    Column("late", Boolean, nullable=False),
    Column("message_id", BigInteger),
    Column("detail", Text),
    Column("posted_in", BigInteger),  # the channel of the message, or its thread
    Column("edition_id", _key()),
    Column("unsure_since", Instant),  # from when on a message may stand in the channel that nobody recorded
    Index("ix_deliveries_schedule_id_due_at", "schedule_id", "due_at"),
)

posts = Table(  # messages that are out and stay, so that corrections can be noted beneath; kept as long as that is done
    "posts",
    metadata,
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("channel_id", BigInteger, nullable=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("edition_id", _key(), nullable=False, index=True),
    Column("language", Text, nullable=False),
    Column("posted_at", Instant, nullable=False, index=True),
    Column("member_id", BigInteger, index=True),  # who reads it, in a chat with one
)

tellings = Table(  # which editions were posted to which channel; outlives schedules, so that nothing is told again
    "tellings",
    metadata,
    Column("channel_id", BigInteger, primary_key=True, autoincrement=False),
    Column("edition_id", _key(), primary_key=True),
    Column("schedule_id", Integer, nullable=False),
    Column("told_at", Instant, nullable=False),
    Index("ix_tellings_edition_id", "edition_id"),
    Index("ix_tellings_told_at", "told_at"),
    sqlite_with_rowid=False,
)

troubles = Table(  # why a schedule can't be posted, until it can; so that admins are told once
    "troubles",
    metadata,
    Column("schedule_id", ForeignKey("schedules.id", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("since", Instant, nullable=False),
    Column("told_at", Instant),
)

audit = Table(  # what admins changed; kept for a year
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Instant, nullable=False),
    Column("guild_id", BigInteger, nullable=False),
    Column("member_id", BigInteger, index=True),  # null where that member asked to be forgotten
    Column("action", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Index("ix_audit_guild_id_at", "guild_id", "at"),
    Index("ix_audit_at", "at"),
)

editions = Table(  # answers as they were given, for `/prove`; pruned by age and number
    "editions",
    metadata,
    Column("id", _key(), primary_key=True),
    Column("digest", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("shown_at", Instant, nullable=False, index=True),
    Column("lines", Text, nullable=False),
    Column("asked", Text),  # of a briefing: what it was composed for, to be explained later
)

edition_guilds = Table(  # to which servers an answer was given; guild 0 is who asked from outside of servers
    "edition_guilds",
    metadata,
    Column("edition_id", ForeignKey("editions.id", ondelete="CASCADE"), primary_key=True),
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
)

corrections = Table(  # lines that were reported, and what was put right
    "corrections",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("guild_id", BigInteger, nullable=False),
    Column("edition_id", _key(), nullable=False),
    Column("line", Integer, nullable=False),
    Column("article_id", _key(), nullable=False),
    Column("text", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("reported_by", BigInteger, nullable=False),
    Column("reported_at", Instant, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("decided_by", BigInteger),
    Column("decided_at", Instant),
    Column("change", Text, nullable=False),
    Column("overrides", Text, nullable=False),
    sqlite_autoincrement=True,
)

memory = Table(
    "memory",
    metadata,
    Column("key", _key(), primary_key=True),
    Column("value", Text, nullable=False),
)

follows = Table(  # what members have asked to be told of
    "follows",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("key", _key(), primary_key=True),
    Column("since", Instant, nullable=False),
)

members = Table(  # how those who follow something are written to
    "members",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("language", Text, nullable=False),
    Column("paused_at", Instant),
    Column("is_told", Boolean, nullable=False),
)

member_news = Table(  # which event was told whom, and in which message; its primary key is what makes it once
    "member_news",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("event", _key(), primary_key=True),
    Column("batch", _key(), nullable=False),
    Column("claimed_at", Instant, nullable=False, index=True),
    Column("is_sent", Boolean, nullable=False),
)

looks = Table(  # what `/catchup` showed whom, and where
    "looks",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("guild_id", BigInteger, primary_key=True, autoincrement=False),
    Column("edition", _key(), primary_key=True),  # empty where there was nothing to show
    Column("looked_at", Instant, nullable=False, index=True),
)
