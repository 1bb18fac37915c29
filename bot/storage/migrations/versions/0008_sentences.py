"""What `/search` finds sentences by, for the articles that are stored already as well."""

import json
import logging
from collections.abc import Iterator

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import TSVECTOR

from bot.language.spans import Span
from bot.storage.sentences import sentence_rows

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

LOG = logging.getLogger(__name__)
_AT_ONCE = 500  # articles
_INDEX = (
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


def upgrade() -> None:
    """Create the table and its index, and read the stored articles into it."""
    created = op.create_table(
        "sentences",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column(
            "article_id",
            sa.Text().with_variant(sa.Text(collation="C"), "postgresql"),
            sa.ForeignKey("articles.id", name="fk_sentences_articles", ondelete="CASCADE"),
            nullable=False,
        ),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("terms", sa.Text().with_variant(TSVECTOR(), "postgresql"), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sentences"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sentences_article_id", "sentences", ["article_id"])
    is_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _INDEX if is_sqlite else ():
        op.execute(statement)
    number, done = op.get_bind().scalar(sa.text("SELECT count(*) FROM article_bodies")) or 0, 0
    for bodies in _stored():
        rows = [row for id_, text, spans in bodies for row in sentence_rows(id_, text, spans, is_sqlite)]
        if rows:
            op.bulk_insert(created, rows)
        done += len(bodies)
        LOG.info("search: %d of %d stored articles are indexed; once, then the bot starts", done, number)
    if not is_sqlite:  # afterwards: an index that is built once is quicker than one that grows
        op.create_index("ix_sentences_terms", "sentences", ["terms"], postgresql_using="gin")


def downgrade() -> None:
    """Drop them; the triggers go with the table."""
    op.drop_table("sentences")
    if op.get_bind().dialect.name == "sqlite":
        op.drop_table("sentence_index")


def _stored() -> Iterator[list[tuple[str, str, list[Span]]]]:
    """The articles in portions: id, text and sentences. Their places stand first in what was read."""
    last = ""
    query = sa.text(
        "SELECT article_id, text, reading FROM article_bodies WHERE article_id > :last ORDER BY article_id LIMIT :most"
    )
    while rows := op.get_bind().execute(query, {"last": last, "most": _AT_ONCE}).all():
        yield [(row.article_id, row.text, _spans(row.reading)) for row in rows]
        last = rows[-1].article_id


def _spans(reading: str) -> list[Span]:
    numbers = json.loads(reading)[0]
    return [Span(start, end) for start, end in zip(numbers[1::4], numbers[2::4], strict=True)]
