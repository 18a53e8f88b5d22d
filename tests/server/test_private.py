"""Nobody else on the office's computer reads what it keeps, whatever it was told or left by an earlier program."""

import hashlib
import os
import stat
import subprocess
import sys
from contextlib import closing, contextmanager

import pytest

from salesdesk.server.cli import main
from tests.server.office import PASSWORD, Bare, sent

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="its rights come down from the folder above")
COMMAND = [sys.executable, "-m", "salesdesk.server"]
PHOTO = b"a photo"


def modes(*tops):
    """Everything there is, with its mode."""
    found = {top: stat.S_IMODE(top.stat().st_mode) for top in tops}
    for top in tops:
        found |= {path: stat.S_IMODE(path.stat().st_mode) for path in top.rglob("*") if path.exists()}
    return found


def open_ones(*tops):
    return {str(path): oct(mode) for path, mode in modes(*tops).items() if mode & 0o077}


@pytest.fixture
def everybody_may():
    """A shell that closes nothing."""
    before = os.umask(0)
    yield
    os.umask(before)


@contextmanager
def served(data):
    command = [*COMMAND, "serve", "--port", "0", "--data", str(data)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server.stdout.readline().split()[-1]
        finally:
            server.terminate()


def set_up(data):
    def run(*arguments):
        subprocess.run([*COMMAND, *arguments, "--data", str(data)], input=PASSWORD + "\n", text=True, check=True)

    run("territories", "add", "east", "华东一区")
    run("people", "add", "liwei", "李伟", "--territory", "east", "--password-stdin")


def work(address, secret=PASSWORD):
    with closing(Bare(address, secret=secret)) as bare:
        bare.push(sent("customer", "c1", name="甲"))
        headers = {"Upload-Offset": "0", "Upload-Length": str(len(PHOTO)), "Authorization": f"Bearer {bare.token}"}
        path = f"/v1/blobs/east/{hashlib.sha256(PHOTO).hexdigest()}"
        assert bare.http.patch(path, content=PHOTO, headers=headers).status_code == 204


@pytest.mark.usefixtures("everybody_may")
def test_what_the_office_writes_is_its_users_alone(tmp_path, capsys):
    data, backups = tmp_path / "office", tmp_path / "backups"
    backups.mkdir(0o700)
    set_up(data)
    with served(data) as address:
        work(address)
        assert main(["backup", str(backups / "tonight"), "--data", str(data)]) == 0
        assert "office.keys" in capsys.readouterr().out
        names = {path.name for path in data.rglob("*")}
        assert {"office.db", "office.db-wal", "office.db-shm", hashlib.sha256(PHOTO).hexdigest()} <= names
        assert open_ones(data, tmp_path / "office.keys", backups) == {}
    assert main(["restore", str(backups / "tonight"), "--data", str(data)]) == 0
    assert open_ones(data, tmp_path / "office.keys", backups) == {}


@pytest.mark.usefixtures("everybody_may")
def test_what_an_earlier_program_left_open_is_closed(tmp_path):
    data = tmp_path / "office"
    set_up(data)
    (data / "blobs" / "00").mkdir(parents=True)
    (data / "blobs" / "00" / "a file").write_bytes(PHOTO)
    (data / "blobs" / "nowhere").symlink_to(tmp_path / "gone")
    for path in (data, *data.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o777 if path.is_dir() else 0o666)
    assert main(["people", "list", "--data", str(data)]) == 0
    assert not stat.S_IMODE(data.stat().st_mode) & 0o077
    assert not stat.S_IMODE((data / "office.db").stat().st_mode) & 0o077
    with served(data) as address:
        assert address
        closed = {path: mode for path, mode in modes(data).items() if not path.is_symlink()}
    assert {oct(mode) for path, mode in closed.items() if path.is_file()} == {"0o600"}
    assert {oct(mode) for path, mode in closed.items() if path.is_dir()} == {"0o700"}


def test_a_folder_that_cannot_be_made_is_said_in_a_line(tmp_path, capsys):
    (tmp_path / "file").write_bytes(b"")
    assert main(["people", "list", "--data", str(tmp_path / "file" / "office")]) == 1
    assert "office.cannot_write" in capsys.readouterr().err
    assert main(["people", "list", "--data", str(tmp_path / "a"), "--keys", str(tmp_path / "file" / "keys")]) == 1
    assert "office.cannot_read_keys" in capsys.readouterr().err
