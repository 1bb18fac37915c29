"""The language of servers that have set something: whoever tells them of it need not be connected to them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column; it is filled when a bot hears of its servers."""
    op.add_column("guilds", sa.Column("language", sa.Text()))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("guilds", "language")
