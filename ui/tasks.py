"""Work off the GUI thread: one worker for the workspace, one for the network.

`Desk` stands between the pages and the library. A page hands it a function that takes a session or
the workspace, never a widget, and says what to do with the result; the result comes back on the GUI
thread by one queued signal, and not at all when the page is gone by then.
"""

from __future__ import annotations

import threading
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, tzinfo
from typing import Any, TypeVar

import shiboken6
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from salesdesk.errors import Bug, SalesDeskError
from salesdesk.records.kinds import Language
from salesdesk.settings import Settings
from salesdesk.store.workspace import Session, Workspace
from ui import notify

__all__ = ["Desk", "Handle", "Session"]

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


class Desk(QObject):
    """One open workspace and the two workers that may touch it.

    `changed` names the action after every successful change or sync; `offline_changed` tells that
    the time of the last sync or the reach of the office may be another.
    """

    changed = Signal(str)
    offline_changed = Signal()
    _delivered = Signal(object)

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
        self._handles: list[Handle] = []
        self._under_way: set[str] = set()
        self._closed = False
        self._delivered.connect(lambda deliver: deliver(), Qt.ConnectionType.QueuedConnection)

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

        self._run(self._store, parent, work, then, failed)

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

        self._run(self._store, parent, work, then or (lambda _: None), failed, lambda: self.changed.emit(action))

    def keep(
        self,
        parent: QWidget,
        fn: Callable[[Workspace], T],
        then: Callable[[T], object] | None = None,
        failed: Failed | None = None,
    ) -> None:
        """Write what no other page shows, such as a draft."""
        self._run(self._store, parent, lambda: fn(self.workspace), then or (lambda _: None), failed)

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

        def report(step: Any) -> None:
            if progress is not None:
                self._deliver(parent, lambda: progress(step))

        def tell() -> None:
            self.changed.emit("sync")
            self.offline_changed.emit()

        self._run(self._network, parent, lambda: fn(self.workspace, report, handle.cancelled), then, failed, tell)
        return handle

    def close(self) -> None:
        """Stop the network, finish what is being written, then close the workspace. Twice is fine."""
        if self._closed:
            return
        self._closed = True
        for handle in self._handles:
            handle.cancel()
        self._network.shutdown(wait=True, cancel_futures=True)
        self._store.shutdown(wait=True)
        self.workspace.close()

    def _run(
        self,
        executor: ThreadPoolExecutor,
        parent: QWidget,
        work: Callable[[], T],
        then: Then,
        failed: Failed | None,
        afterwards: Callable[[], object] | None = None,
    ) -> None:
        """Work in an executor. `afterwards` follows every success, whatever became of who asked."""
        if self._closed:
            return

        def job() -> None:
            try:
                result = work()
            except SalesDeskError as told:
                error: SalesDeskError = told
            except Exception as unexpected:  # noqa: BLE001  # whatever it was, a person sees it and can report it
                error = Bug("program.unexpected", detail="".join(traceback.format_exception(unexpected)))
            else:
                self._deliver(parent, lambda: then(result), afterwards)
                return
            self._deliver(parent, lambda: failed(error) if failed else notify.show(parent, error))

        executor.submit(job)

    def _deliver(
        self, parent: QWidget, deliver: Callable[[], object], afterwards: Callable[[], object] | None = None
    ) -> None:
        def on_gui_thread() -> None:
            if self._closed:
                return
            try:
                if shiboken6.isValid(parent):
                    deliver()
            finally:  # the work is done even if its page is gone or stumbles
                if afterwards is not None:
                    afterwards()

        if shiboken6.isValid(self):
            self._delivered.emit(on_gui_thread)
