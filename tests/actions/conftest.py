from datetime import UTC, date, datetime

import pytest

from salesdesk.actions import approvals, contracts, negotiations, sample
from salesdesk.records.contract import Contract
from salesdesk.records.prospecting import Customer
from salesdesk.store import queries
from tests.factories import make_workspace

DAY = date(2026, 11, 24)
TERMS = {
    "amount": 22_000_000,
    "kind": "软件服务合同",
    "payment": "3期分期",
    "subject": "服务",
    "acceptance": "上线运行7天",
    "liability": "每日0.1%",
    "delivery": "30天",
}


def approve(workspace, contract, at, **terms):
    with workspace.changing("test") as changes:
        kept = changes.get(Contract, contract.id)
        for name, value in (TERMS | terms).items():
            setattr(kept, name, value)
    approvals.submit(workspace, "contract", contract.id, DAY)
    with workspace.changing("test") as changes:
        for step in approvals.procedure(changes.session, changes.get(Contract, contract.id)).steps:
            step.decision, step.approver, step.decided_on, step.decided_at = "approved", "赵*", DAY, at


@pytest.fixture
def workspace(tmp_path):
    opened = make_workspace(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def science(workspace):
    """The toolkit's customer 科技, with the toolkit's rows."""
    sample.fill(workspace, "toolkit")
    with workspace.reading() as session:
        return next(c for c in queries.listed(session, Customer) if "科技" in c.name)


@pytest.fixture
def draft_contract(workspace, science):
    """A contract of that customer, from a negotiation without terms."""
    negotiations.open_meeting(workspace, science.id, DAY)
    negotiations.draw_up_result(workspace, science.id, DAY)
    return contracts.draft(workspace, science.id, "华东智造", datetime(2026, 11, 24, tzinfo=UTC), UTC)
