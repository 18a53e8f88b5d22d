"""The steps of an approval that were asked for together bear one name."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    for table in ("approval_step", "result_review"):
        op.add_column(table, sa.Column("submission", sa.String(length=36), nullable=False, server_default=""))
