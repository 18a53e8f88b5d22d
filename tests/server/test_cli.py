"""The office as a program of its own."""

import io
import socket
import subprocess
import sys
from contextlib import closing

import httpx
import pytest

from salesdesk.server import encryption, key_file
from salesdesk.server.cli import main
from tests.server.office import PASSWORD, Bare, sent

COMMAND = [sys.executable, "-m", "salesdesk.server"]


@pytest.fixture
def folder(tmp_path):
    return ["--data", str(tmp_path / "office")]


def test_it_is_set_up_served_stopped_and_served_again(folder, tmp_path):
    def run(*arguments):
        command = [*COMMAND, *arguments, *folder]
        return subprocess.run(command, input=PASSWORD + "\n", text=True, stdout=subprocess.PIPE, check=True).stdout

    run("territories", "add", "east", "华东一区")
    run("people", "add", "liwei", "李伟", "--role", "rep", "--territory", "east", "--password-stdin")
    for expected in ({}, {"customer": "甲"}):
        secret = run("devices", "code", "liwei").strip() if expected else PASSWORD  # a second device takes a code
        command = [*COMMAND, "serve", "--port", "0", *folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as server:
            try:
                address = server.stdout.readline().removeprefix("SalesDesk office at ").strip()
                assert httpx.get(f"{address}/v1/health").text == "SalesDesk office"
                with closing(Bare(address, secret=secret)) as bare:
                    assert bare.enrolled.name == "李伟"
                    found = {one.entity: one.data.get("name") for one in bare.records().values()}
                    if not expected:
                        bare.push(sent("customer", "c1", name="甲"))
            finally:
                server.terminate()
            assert server.stderr.read() == ""
            assert found == {"person": "李伟", **expected}  # whoever has an account is known by name
    keys = key_file.read(tmp_path / "office.keys")
    with closing(encryption.connect(tmp_path / "office" / "office.db", keys.database)) as database:
        assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_beyond_this_machine_it_wants_tls(folder, capsys):
    for host in ("0.0.0.0", "::", "office.example"):
        assert main(["serve", "--host", host, "--port", "0", *folder]) == 2
        assert "TLS" in capsys.readouterr().err


def test_a_port_in_use_and_wrong_names_are_said_in_a_line(folder, capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{PASSWORD}\nshort\n{PASSWORD}\n"))
    assert main(["territories", "add", "east", "华东", *folder]) == 0
    assert main(["territories", "add", "east", "华东", *folder]) == 1
    account = ["people", "add", "liwei", "李伟", "--password-stdin", *folder, "--territory"]
    assert main([*account, "nowhere"]) == 1
    assert main([*account, "east"]) == 1
    assert main([*account, "east"]) == 0
    assert main(["devices", "revoke", "nothing", *folder]) == 1
    said = capsys.readouterr().err.splitlines()
    assert [line.split(" ")[0] for line in said] == [
        "office.territory_exists", "office.no_such_territory", "office.password_too_short", "office.no_such_device",
    ]  # fmt: skip
    with socket.create_server(("127.0.0.1", 0)) as taken:
        assert main(["serve", "--port", str(taken.getsockname()[1]), *folder]) == 1
    assert "office.cannot_listen" in capsys.readouterr().err
