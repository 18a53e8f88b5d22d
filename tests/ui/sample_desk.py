"""A desk on a real, encrypted workspace with the sample rows, its clock standing at a Monday noon."""

from contextlib import contextmanager
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from salesdesk.actions import sample
from salesdesk.records.language import Language
from salesdesk.records.prospecting import Customer
from salesdesk.settings import Settings
from salesdesk.store import queries
from salesdesk.store.workspace import Workspace
from tests.factories import IDENTITY, KEY
from ui.core import theme
from ui.core.background import Desk

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # 12:00 in Shanghai
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = NOON

    def __call__(self):
        return self.now


@contextmanager
def sample_desk(folder, names=("toolkit", "practice"), language=Language.ZH):
    """A desk whose workspace holds the sample files of these names; closed at the end, with what it still shows."""
    theme.apply(QApplication.instance(), "light")
    clock = Clock()
    workspace = Workspace.create(folder / "workspace", KEY, IDENTITY, now=clock)
    for name in names:
        sample.fill(workspace, name)
    desk = Desk(workspace, Settings(), language, SHANGHAI)
    desk.clock = clock
    try:
        yield desk
    finally:
        desk.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def customer_named(desk, name):
    """The customer whose name begins so."""
    with desk.workspace.reading() as session:
        return next(c for c in queries.listed(session, Customer) if c.name.startswith(name))


def read(desk, fn):
    """What a query says of the workspace now."""
    with desk.workspace.reading() as session:
        return fn(session)
