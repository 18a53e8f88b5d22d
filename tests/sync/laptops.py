"""An office in a process of its own, laptops with real encrypted workspaces, and a cable that can be cut."""

import contextlib
import socket
import subprocess
import sys
import threading
from pathlib import Path

from salesdesk.records.registry import forms
from salesdesk.server.administration import Administration
from salesdesk.server.database import open_database
from salesdesk.store import queries
from salesdesk.store.workspace import Identity, Workspace
from salesdesk.sync import driver

KEY = b"k" * 32
PASSWORD = "a long password"
PEOPLE = (
    ("li", "李伟", "rep"),
    ("wang", "王芳", "rep"),
    ("zhao", "赵*", "manager"),
    ("qian", "钱*", "manager"),
    ("sun", "法务孙*", "legal"),
    ("liu", "总经理刘*", "general_manager"),
    ("zhou", "行政周*", "office"),
)


class Office:
    """`python -m salesdesk.server` on a free port; two accounts share the territory `east`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        engine = open_database(f"sqlite:///{folder / 'office.db'}")
        administration = Administration(engine, "test")
        administration.add_territory("east", "华东")
        for login, name, role in PEOPLE:
            administration.add_person(login, name, role, "east", PASSWORD)
        engine.dispose()
        self.process = None
        self.port = 0
        self.start()

    def run(self, *arguments, **options):
        """One command of the administrator; returns what it printed."""
        command = [sys.executable, "-m", "salesdesk.server", *arguments, "--data", str(self.folder)]
        return subprocess.run(command, check=True, text=True, stdout=subprocess.PIPE, **options).stdout

    def secret_for(self, account):
        """What lets a person's next laptop in: his password, or a code once he has one."""
        known = len(self.run("devices", "list", account).splitlines()) > 1
        return self.run("devices", "code", account).strip() if known else PASSWORD

    def start(self):
        command = [
            sys.executable,
            "-m",
            "salesdesk.server",
            "serve",
            "--port",
            str(self.port),
            "--data",
            str(self.folder),
        ]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().split()[-1]
        self.port = int(self.url.rsplit(":", 1)[1])

    def stop(self):
        self.process.terminate()
        self.process.wait(20)
        self.process.stdout.close()


def laptop(folder: Path, name="李伟", device="") -> Workspace:
    return Workspace.create(
        folder, KEY, Identity(f"person-{folder.name}", name, "rep", device or f"device-{folder.name}")
    )


def enrolled(folder: Path, office: Office, account="li", url="") -> Workspace:
    workspace = laptop(folder)
    driver.enrol(workspace, url or office.url, account, office.secret_for(account), folder.name)
    return workspace


def everything(workspace):
    """Every record in wire form with its place: what two laptops must agree on."""
    with workspace.reading() as session:
        return {
            record.id: (record.territory, record.wire())
            for form in forms()
            for record in queries.listed(session, form, limit=10**6)
        }


class Cable:
    """A TCP proxy that cuts the connection after so many bytes in one direction."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.budget = {"up": None, "down": None}
        self.passed = {"up": 0, "down": 0}
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._threads = [threading.Thread(target=self._accept)]
        self._threads[0].start()
        self._open: list[socket.socket] = []

    def cut_after(self, direction, count):
        self.passed = {"up": 0, "down": 0}
        self.budget = {"up": None, "down": None}
        if count is not None:
            self.budget[direction] = count

    def close(self):
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._open:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        for thread in self._threads:
            thread.join(5)

    def _accept(self):
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self._to))
            except OSError:
                near.close()
                continue
            self._open += [near, far]
            for pair in ((near, far, "up"), (far, near, "down")):
                thread = threading.Thread(target=self._pass, args=pair)
                self._threads.append(thread)
                thread.start()

    def _pass(self, source, target, direction):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                budget = self.budget[direction]
                if budget is not None and self.passed[direction] + len(data) > budget:
                    target.sendall(data[: max(0, budget - self.passed[direction])])
                    self.passed[direction] = budget
                    break
                self.passed[direction] += len(data)
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
