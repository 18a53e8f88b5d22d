import pytest

from salesdesk.store.workspace import Workspace
from tests.factories import KEY
from tests.server.conftest import new_office
from tests.sync.crew import Laptop
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


@pytest.fixture
def served(tmp_path, request):
    """An office in this process, on SQLite."""
    (tmp_path / "office").mkdir()
    with new_office("sqlite", tmp_path / "office", request) as opened:
        yield opened


@pytest.fixture
def laptop(served, tmp_path):
    """Enrols people's laptops; a second time the same person's is opened again, as after a restart."""
    made = {}

    def make(login="liwei"):
        if login in made:
            made[login].close()
            made[login].workspace = Workspace.open(made[login].folder, KEY)
        else:
            made[login] = Laptop(tmp_path / login, served.url, login)
            made[login].sync()
        return made[login]

    yield make
    for one in made.values():
        one.close()


@pytest.fixture
def li(laptop):
    """The laptop of 李伟."""
    return laptop()
