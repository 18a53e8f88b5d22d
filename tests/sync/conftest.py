import pytest

from tests.sync.laptops import Office


@pytest.fixture
def office(tmp_path):
    """An office of this test alone."""
    office = Office(tmp_path / "office")
    yield office
    office.stop()


@pytest.fixture
def opened():
    """Workspaces that are closed when the test ends."""
    kept = []
    yield lambda workspace: kept.append(workspace) or workspace
    for workspace in kept:
        workspace.close()
