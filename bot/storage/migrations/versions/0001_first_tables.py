"""First tables: the corpus, how sources fared, schedules with their deliveries, memory."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create everything, in the order in which foreign keys need it."""
    _create_articles()
    _create_statements()
    _create_stories()
    _create_schedules()
    _create_facts()


def downgrade() -> None:
    """Drop everything."""
    names = ("memory", "source_states", "deliveries", "schedules", "story_members", "statement_topics")
    for name in (*names, "statements", "fingerprints", "article_bodies", "articles"):
        op.drop_table(name)


def _key() -> sa.types.TypeEngine[str]:
    return sa.Text().with_variant(sa.Text(collation="C"), "postgresql")


def _article_id(table: str) -> tuple[sa.Column[str], sa.ForeignKeyConstraint]:
    name = f"fk_{table}_articles"
    return (
        sa.Column("article_id", _key(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=name, ondelete="CASCADE"),
    )


def _create_articles() -> None:
    op.create_table(
        "articles",
        sa.Column("id", _key(), nullable=False),
        sa.Column("source_id", _key(), nullable=False),
        sa.Column("location", _key(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("analyser", sa.Text(), nullable=False),
        sa.Column("title", sa.Text()),
        sa.Column("outlet", sa.Text()),
        sa.Column("author", sa.Text()),
        sa.Column("url", sa.Text()),
        sa.Column("published_at", _INSTANT),
        sa.Column("precision", sa.Text()),
        sa.Column("first_seen_at", _INSTANT, nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
        sa.Column("lookup", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
    )
    op.create_index("uq_articles_source_id_location", "articles", ["source_id", "location"], unique=True)
    op.create_index("ix_articles_published_at_id", "articles", ["published_at", "id"])
    op.create_table(
        "article_bodies",
        *_article_id("article_bodies"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("structure", sa.Text(), nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_article_bodies"),
    )
    op.create_table(
        "fingerprints",
        *_article_id("fingerprints"),
        sa.Column("words", sa.Integer(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_fingerprints"),
    )


def _create_statements() -> None:
    op.create_table(
        "statements",
        *_article_id("statements"),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("actor_id", _key()),
        sa.Column("name", _key()),
        sa.Column("mode", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text()),
        sa.Column("published_at", _INSTANT),
        sa.Column("passage_start", sa.Integer()),
        sa.Column("passage_end", sa.Integer()),
        sa.Column("passage", sa.Text()),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", "ordinal", name="pk_statements"),
    )
    op.create_index("ix_statements_actor_id_name_published_at", "statements", ["actor_id", "name", "published_at"])
    op.create_index("ix_statements_name_published_at", "statements", ["name", "published_at"])
    op.create_index("ix_statements_published_at", "statements", ["published_at"])
    op.create_table(
        "statement_topics",
        sa.Column("article_id", _key(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("topic_id", _key(), nullable=False),
        sa.Column("actor_id", _key()),
        sa.Column("name", _key()),
        sa.Column("sort_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("article_id", "ordinal", "topic_id", name="pk_statement_topics"),
        sa.ForeignKeyConstraint(
            ["article_id", "ordinal"],
            ["statements.article_id", "statements.ordinal"],
            name="fk_statement_topics_statements",
            ondelete="CASCADE",
        ),
        sqlite_with_rowid=False,
    )
    when_and_where = ["sort_at", "article_id", "ordinal"]
    op.create_index("ix_statement_topics_by_actor", "statement_topics", ["actor_id", "topic_id", *when_and_where])
    op.create_index(
        "ix_statement_topics_by_topic", "statement_topics", ["topic_id", "actor_id", "name", *when_and_where]
    )
    op.create_index("ix_statement_topics_by_name", "statement_topics", ["name", "topic_id"])


def _create_stories() -> None:
    op.create_table(
        "story_members",
        *_article_id("story_members"),
        sa.Column("story_id", _key(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("similarity", sa.Float(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("article_id", name="pk_story_members"),
    )
    op.create_index("ix_story_members_story_id", "story_members", ["story_id"])


def _create_schedules() -> None:
    op.create_table(
        "schedules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("guild_id", sa.BigInteger(), nullable=False),
        sa.Column("channel_id", sa.BigInteger(), nullable=False),
        sa.Column("local_time", sa.Time(), nullable=False),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("days", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("words", sa.Integer()),
        sa.Column("created_at", _INSTANT, nullable=False),
        sa.Column("created_by", sa.BigInteger(), nullable=False),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_schedules"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_schedules_guild_id", "schedules", ["guild_id"])
    op.create_table(
        "deliveries",
        sa.Column("schedule_id", sa.Integer(), nullable=False),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("slot", sa.Text(), nullable=False),
        sa.Column("due_at", _INSTANT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column("claimed_at", _INSTANT, nullable=False),
        sa.Column("finished_at", _INSTANT),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("message_id", sa.BigInteger()),
        sa.Column("detail", sa.Text()),
        sa.PrimaryKeyConstraint("schedule_id", "local_date", "slot", name="pk_deliveries"),
        sa.ForeignKeyConstraint(["schedule_id"], ["schedules.id"], name="fk_deliveries_schedules", ondelete="CASCADE"),
    )
    op.create_index("ix_deliveries_schedule_id_due_at", "deliveries", ["schedule_id", "due_at"])


def _create_facts() -> None:
    op.create_table(
        "source_states",
        sa.Column("source_id", _key(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text()),
        sa.Column("checked_at", _INSTANT),
        sa.Column("succeeded_at", _INSTANT),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("source_id", name="pk_source_states"),
    )
    op.create_table(
        "memory",
        sa.Column("key", _key(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_memory"),
    )
