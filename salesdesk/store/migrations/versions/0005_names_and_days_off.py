"""Other names of customers, the days off of a year, and the entries that the search has to read anew.

Names are read with the surnames' and places' own readings from here on. Reading a large workspace anew takes minutes:
it is only noted here, and done in the background (`search.refresh`), while the entries as they are go on being found.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("customer", sa.Column("aliases", sa.String(length=500), nullable=False, server_default=""))
    op.create_table(
        "working_year",
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("days_off", sa.Text(), nullable=False),
        sa.Column("worked", sa.Text(), nullable=False),
        sa.Column("source", sa.String(length=200), nullable=False),
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("territory", sa.String(length=40), nullable=False),
        sa.Column("rev", sa.Integer(), nullable=False),
        sa.Column("created_at", sa.String(length=32), nullable=False),
        sa.Column("created_by", sa.String(length=36), nullable=False),
        sa.Column("updated_at", sa.String(length=32), nullable=False),
        sa.Column("updated_by", sa.String(length=36), nullable=False),
        sa.Column("device", sa.String(length=36), nullable=False),
        sa.Column("deleted_at", sa.String(length=32), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_working_year")),
    )
    op.create_index(op.f("ix_working_year_updated_at_id"), "working_year", ["updated_at", "id"], unique=False)
    op.execute(
        "INSERT INTO local(name, value) SELECT 'search.stale', CAST(max(rowid) AS TEXT) FROM search_item "
        "HAVING max(rowid) IS NOT NULL"
    )
