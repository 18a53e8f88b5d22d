"""What did not arrive as it was typed: how a person dealt with it, and why a file did not go."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    for table in ("journal", "blob"):
        op.add_column(table, sa.Column("dealt", sa.String(length=10), nullable=False, server_default=""))
    op.add_column("blob", sa.Column("tries", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("blob", sa.Column("reason", sa.String(length=60), nullable=False, server_default=""))
