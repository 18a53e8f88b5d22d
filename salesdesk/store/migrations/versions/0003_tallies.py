"""Since when a round stands in its stage, and tallies: running totals that figures and team read at any size.

Triggers keep the tallies, so that no way of writing (a form, a sync, taking back) can forget them.
"""

from dataclasses import dataclass

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


@dataclass(frozen=True)
class _Tally:
    """A table of sums over another table. In every expression `{r}` stands for the row."""

    name: str
    over: str
    watched: tuple[str, ...]  # the columns that the expressions read and that can change
    counts: str  # which rows
    dimensions: dict[str, str]
    sums: dict[str, str]

    def columns(self) -> str:
        return ", ".join([*self.dimensions, *self.sums])

    def values(self, row: str, sums: str) -> str:
        """What a row adds; `sums` is put around what is summed."""
        wanted = [*self.dimensions.values(), *(sums.format(one) for one in self.sums.values())]
        return ", ".join(wanted).format(r=row)

    def fill(self) -> str:
        groups = ", ".join(str(place) for place in range(1, len(self.dimensions) + 1))
        rows = f"FROM {self.over} WHERE {self.counts.format(r=self.over)} GROUP BY {groups}"
        return f"INSERT INTO {self.name} ({self.columns()}) SELECT {self.values(self.over, 'sum({})')} {rows}"

    def add(self, row: str) -> str:
        """Two statements without a conflict clause, which the statement that fires the trigger would overrule."""
        there = f"SELECT 1 FROM {self.name} WHERE {self._line(row)}"  # noqa: S608  # of the constants below
        new = f"SELECT {self.values(row, '0')} WHERE {self.counts.format(r=row)} AND NOT EXISTS ({there})"
        return f"INSERT INTO {self.name} ({self.columns()}) {new}; {self.change(row, '+')}"

    def change(self, row: str, sign: str) -> str:
        sums = ", ".join(f"{name} = {name} {sign} ({one.format(r=row)})" for name, one in self.sums.items())
        rows = f"{self._line(row)} AND {self.counts.format(r=row)}"
        return f"UPDATE {self.name} SET {sums} WHERE {rows};"  # noqa: S608  # of the constants below

    def _line(self, row: str) -> str:
        return " AND ".join(f"{name} = {one.format(r=row)}" for name, one in self.dimensions.items())


_TALLIES = (
    _Tally(
        "round_tally",
        "opportunity",
        ("deleted_at", "outcome", "stage", "owner", "close_on", "amount"),
        "{r}.deleted_at IS NULL",
        {
            "outcome": "{r}.outcome",
            "stage": "{r}.stage",
            "owner": "{r}.owner",
            "month": "coalesce(substr({r}.close_on, 1, 7), '')",
        },
        {"rounds": "1", "amount": "coalesce({r}.amount, 0)"},
    ),
    _Tally(
        "age_tally",
        "opportunity",
        ("deleted_at", "outcome", "stage", "stage_since"),
        "{r}.deleted_at IS NULL AND {r}.outcome = 'open'",
        {"stage": "{r}.stage", "since": "coalesce({r}.stage_since, substr({r}.created_at, 1, 10))"},
        {"rounds": "1"},
    ),
    _Tally(
        "customer_tally",
        "customer",
        ("deleted_at", "status", "owner"),
        "{r}.deleted_at IS NULL AND {r}.status <> 'closed'",
        {"owner": "{r}.owner"},
        {"customers": "1"},
    ),
)


def upgrade() -> None:
    op.add_column("opportunity", sa.Column("stage_since", sa.Date(), nullable=True))
    op.create_table(
        "round_tally",
        sa.Column("outcome", sa.String(length=40), primary_key=True),
        sa.Column("stage", sa.String(length=40), primary_key=True),
        sa.Column("owner", sa.String(length=80), primary_key=True),
        sa.Column("month", sa.String(length=7), primary_key=True),
        sa.Column("rounds", sa.Integer(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
    )
    op.create_table(
        "age_tally",
        sa.Column("stage", sa.String(length=40), primary_key=True),
        sa.Column("since", sa.String(length=10), primary_key=True),
        sa.Column("rounds", sa.Integer(), nullable=False),
    )
    op.create_table(
        "customer_tally",
        sa.Column("owner", sa.String(length=80), primary_key=True),
        sa.Column("customers", sa.Integer(), nullable=False),
    )
    for tally in _TALLIES:
        _run(tally.fill())
        for event, statements in (
            ("INSERT", tally.add("NEW")),
            (f"UPDATE OF {', '.join(tally.watched)}", f"{tally.change('OLD', '-')} {tally.add('NEW')}"),
            ("DELETE", tally.change("OLD", "-")),
        ):
            name = f"{tally.name}_{event.split()[0].lower()}"
            _run(f"CREATE TRIGGER {name} AFTER {event} ON {tally.over} BEGIN {statements} END")
    there = sa.text("deleted_at IS NULL")
    op.drop_index("ix_customer_follow_up_on", "customer")
    op.create_index("ix_customer_follow_up", "customer", ["follow_up_on", "status", "owner"], sqlite_where=there)
    op.drop_index("ix_task_done_due_on", "task")
    op.create_index("ix_task_done_due_on", "task", ["done", "due_on"], sqlite_where=there)


def _run(statement: str) -> None:
    """As it stands: in `sa.text` a colon would be a parameter."""
    op.get_bind().exec_driver_sql(statement)
