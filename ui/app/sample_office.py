"""An office server on this machine, for the sample workspace and the tour.

It runs as a process of its own and ends with ours, however that ends: it holds the other end of a pipe.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from salesdesk.errors import EnvironmentFault

ACCOUNT, PASSWORD, TERRITORY = "liwei", "sample password", "east"
APPROVERS = (("zhao", "赵*"), ("sun", "法务孙*"), ("liu", "总经理刘*"))
SECOND_ACCOUNT = "wangfang"
_PATIENCE_S = 20
_LINE = "SalesDesk office at "


def server_command() -> list[str]:
    """How to start the server: the program beside this one when frozen, this Python otherwise."""
    if getattr(sys, "frozen", False):
        name = "salesdesk-server.exe" if sys.platform == "win32" else "salesdesk-server"
        return [str(Path(sys.executable).with_name(name))]
    return [sys.executable, "-m", "salesdesk.server"]


class LocalOffice:
    """Starts on a free port of the loopback; `url` says which. Two reps and those who approve share one territory."""

    def __init__(self, folder: Path) -> None:
        """Raises `EnvironmentFault` when the server does not come up."""
        folder.mkdir(parents=True, exist_ok=True)
        first_time = not any(folder.iterdir())
        if first_time:
            self._set_up(folder)
        self._process = subprocess.Popen(  # noqa: S603  # our own program
            [*server_command(), "serve", "--until-stdin-ends", "--port", "0", *_place(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="utf-8",
        )
        self.url = self._announced()

    def stop(self) -> None:
        """End the server and wait for it."""
        self._process.terminate()
        try:
            self._process.wait(timeout=_PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for end in (self._process.stdin, self._process.stdout):
            if end is not None:
                end.close()

    def _announced(self) -> str:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            if line.startswith(_LINE):
                return line.removeprefix(_LINE).strip()
        self.stop()
        raise EnvironmentFault("office.did_not_start")

    def _set_up(self, folder: Path) -> None:
        _run(folder, "territories", "add", TERRITORY, "华东一区")
        people = [(ACCOUNT, "李伟", "rep"), (SECOND_ACCOUNT, "王芳", "rep")]
        roles = ("manager", "legal", "general_manager")
        people += [(account, name, role) for (account, name), role in zip(APPROVERS, roles, strict=True)]
        for account, name, role in people:
            _run(folder, "people", "add", account, name, "--role", role, "--territory", TERRITORY, "--password-stdin")


def _place(folder: Path) -> list[str]:
    """Practice data needs no keys apart from it, and leaves nothing behind when its folder goes."""
    return ["--data", str(folder), "--keys", str(folder / "keys")]


def _run(folder: Path, *arguments: str) -> None:
    done = subprocess.run(  # noqa: S603  # our own program
        [*server_command(), *arguments, *_place(folder)],
        input=PASSWORD + "\n",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise EnvironmentFault("office.did_not_start", detail=done.stderr[-300:])
