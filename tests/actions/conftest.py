from datetime import UTC, date, datetime

import pytest

from salesdesk.actions import contracts, negotiations, sample
from salesdesk.records.prospecting import Customer
from salesdesk.store import queries
from tests.factories import make_workspace

DAY = date(2026, 11, 24)


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
