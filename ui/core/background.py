"""Work off the GUI thread: one worker for the workspace, one for the network.

`Desk` stands between the pages and the library. A page hands it a function that takes a session or
the workspace, never a widget, and says what to do with the result; the result comes back on the GUI
thread by one queued signal, and not at all when the page is gone by then. What is to be done with it
never leaves the GUI thread: a worker that held the last reference to a dialog would destroy it there.
"""

from __future__ import annotations

import itertools
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from salesdesk.errors import Bug, SalesDeskError, trace_of
from salesdesk.records.language import Language
from salesdesk.settings import Settings
from salesdesk.store.workspace import Session, Workspace
from ui.core import notify

__all__ = ["Desk", "Handle"]

T = TypeVar("T")
Then = Callable[[Any], object]
Failed = Callable[[SalesDeskError], object]


class Handle:
    """A running piece of network work; `cancel` asks it to stop at its next step."""

    def __init__(self) -> None:
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Ask the work to stop; what it has done stays done."""
        self._stop.set()

    def cancelled(self) -> bool:
        """What the work itself looks at."""
        return self._stop.is_set()


@dataclass(frozen=True)
class _Asked:
    """Who asked for a piece of work, and what follows it."""

    parent: QWidget
    then: Then
    failed: Failed | None
    afterwards: Callable[[], object] | None
    progress: Callable[[Any], object] | None


class Desk(QObject):
    """One open workspace and the two workers that may touch it.

    `changed` names the action after every successful change or sync; `offline_changed` tells that
    the time of the last sync or the reach of the office may be another; `shut_out` gives the error
    with which the office locked or wiped this computer.
    """

    changed = Signal(str)
    offline_changed = Signal()
    shut_out = Signal(object)
    _done = Signal(int, object)
    _failed = Signal(int, object)
    _went_on = Signal(int, object)

    def __init__(
        self,
        workspace: Workspace,
        settings: Settings,
        language: Language,
        zone: tzinfo | None = None,
        parent: QObject | None = None,
    ) -> None:
        """`zone` is the time zone of the desk; the machine's when not given."""
        super().__init__(parent)
        self.workspace = workspace
        self.settings = settings
        self.language = language
        self.zone: tzinfo = zone or datetime.now().astimezone().tzinfo  # type: ignore[assignment]  # aware next
        self._store = ThreadPoolExecutor(1, "workspace")
        self._network = ThreadPoolExecutor(1, "network")
        self._beside = ThreadPoolExecutor(1, "beside")
        self._handles: list[Handle] = []
        self._under_way: set[str] = set()
        self._closed = False
        self._tickets = itertools.count()
        self._asked: dict[int, _Asked] = {}
        self._done.connect(self._take_result, Qt.ConnectionType.QueuedConnection)
        self._failed.connect(self._take_error, Qt.ConnectionType.QueuedConnection)
        self._went_on.connect(self._take_progress, Qt.ConnectionType.QueuedConnection)

    def now(self) -> datetime:
        """An aware datetime in UTC."""
        return self.workspace.now()

    def today(self) -> date:
        """The day at this desk."""
        return self.now().astimezone(self.zone).date()

    def query(
        self, parent: QWidget, fn: Callable[[Session], T], then: Callable[[T], object], failed: Failed | None = None
    ) -> None:
        """Read: `fn` gets a session on one consistent state."""

        def work() -> T:
            with self.workspace.reading() as session:
                return fn(session)

        self._run(self._store, work, _Asked(parent, then, failed, None, None))

    def change(
        self,
        parent: QWidget,
        fn: Callable[[Workspace], T],
        then: Callable[[T], object] | None = None,
        failed: Failed | None = None,
        action: str = "change",
        once: str = "",
    ) -> None:
        """Write, then tell every page that something changed, also when the one that asked is gone.

        `once` names a change that a second click may not begin again while the first one runs.
        """
        if once and once in self._under_way:
            return
        self._under_way.add(once)

        def work() -> T:
            try:
                return fn(self.workspace)
            finally:
                self._under_way.discard(once)

        asked = _Asked(parent, then or (lambda _: None), failed, lambda: self.changed.emit(action), None)
        self._run(self._store, work, asked)

    def keep(
        self,
        parent: QWidget,
        fn: Callable[[Workspace], T],
        then: Callable[[T], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Write what no other page shows, such as a draft."""
        asked = _Asked(parent, then or (lambda _: None), failed, None, None)
        self._run(self._store, lambda: fn(self.workspace), asked)

    def network(
        self,
        parent: QWidget,
        fn: Callable[[Workspace, Callable[[Any], None], Callable[[], bool]], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
        progress: Callable[[Any], object] | None = None,
    ) -> Handle:
        """Speak to the office: `fn` gets the workspace, a function for its progress, and whether to stop."""
        handle = Handle()
        self._handles.append(handle)
        ticket = next(self._tickets)

        def report(step: Any) -> None:
            if shiboken6.isValid(self):
                self._went_on.emit(ticket, step)

        def tell() -> None:
            self.changed.emit("sync")
            self.offline_changed.emit()

        asked = _Asked(parent, then, failed, tell, progress)
        self._run(self._network, lambda: fn(self.workspace, report, handle.cancelled), asked, ticket)
        return handle

    def beside(
        self,
        parent: QWidget,
        fn: Callable[[Workspace, Callable[[], bool]], T],
        then: Callable[[T], object],
        failed: Failed | None = None,
    ) -> Handle:
        """Long work that keeps nobody waiting, such as a backup: `fn` gets the workspace and whether to stop."""
        handle = Handle()
        self._handles.append(handle)
        self._run(self._beside, lambda: fn(self.workspace, handle.cancelled), _Asked(parent, then, failed, None, None))
        return handle

    def close(self) -> None:
        """Stop the network, finish what is being written, then close the workspace. Twice is fine."""
        if self._closed:
            return
        self._closed = True
        for handle in self._handles:
            handle.cancel()
        self._network.shutdown(wait=True, cancel_futures=True)
        self._beside.shutdown(wait=True, cancel_futures=True)
        self._store.shutdown(wait=True)
        self.workspace.close()

    def _run(
        self, executor: ThreadPoolExecutor, work: Callable[[], object], asked: _Asked, ticket: int | None = None
    ) -> None:
        """Work in an executor, which knows of what was asked no more than a number."""
        if self._closed:
            return
        number = next(self._tickets) if ticket is None else ticket
        self._asked[number] = asked

        def job() -> None:
            result: object
            try:
                result, tell = work(), self._done
            except SalesDeskError as told:
                result, tell = told, self._failed
            except Exception as unexpected:  # noqa: BLE001  # whatever it was, a person sees it and can report it
                result, tell = Bug("program.unexpected", detail=trace_of(unexpected)), self._failed
            if shiboken6.isValid(self):
                tell.emit(number, result)

        executor.submit(job)

    def _take_result(self, ticket: int, result: object) -> None:
        asked = self._asked.pop(ticket)
        if self._closed:
            return
        try:
            if shiboken6.isValid(asked.parent):
                asked.then(result)
        finally:  # the work is done even if its page is gone or stumbles
            if asked.afterwards is not None:
                asked.afterwards()

    def _take_error(self, ticket: int, error: SalesDeskError) -> None:
        asked = self._asked.pop(ticket)
        if self._closed or not shiboken6.isValid(asked.parent):
            return
        if asked.failed is not None:
            asked.failed(error)
        else:
            notify.show(asked.parent, error)

    def _take_progress(self, ticket: int, step: object) -> None:
        asked = self._asked.get(ticket)
        if not self._closed and asked is not None and asked.progress is not None and shiboken6.isValid(asked.parent):
            asked.progress(step)
