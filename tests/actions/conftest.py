import pytest

from tests.factories import make_workspace


@pytest.fixture
def workspace(tmp_path):
    opened = make_workspace(tmp_path)
    yield opened
    opened.close()
