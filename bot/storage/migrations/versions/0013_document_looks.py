"""How documents looked when they were read last, so that what did not change need not be read again."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table; the next load fills it."""
    op.create_table(
        "document_looks",
        sa.Column("article_id", sa.Text().with_variant(sa.Text(collation="C"), "postgresql"), nullable=False),
        sa.Column("stamp", sa.Text(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("lines", sa.LargeBinary(), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_document_looks_articles", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("article_id", name="pk_document_looks"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("document_looks")
