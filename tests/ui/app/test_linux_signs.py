"""Real signals on a bus of its own: sleep, which waits, the session's lock, another person, the desktop's own lock.

A process of its own listens: Qt keeps its connections to the buses for as long as a process lives.
"""

import os
import select
import shutil
import subprocess
import sys

import pytest
from PySide6.QtCore import ClassInfo, Property, QObject, Slot
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusObjectPath, QDBusUnixFileDescriptor

from tests.ui.core.input_methods import BUS, running

pytestmark = pytest.mark.skipif(not shutil.which("dbus-daemon"), reason="there is no dbus-daemon")

LOGIND, AT = "org.freedesktop.login1", "/org/freedesktop/login1"
MANAGER, SESSION, OURS = "org.freedesktop.login1.Manager", "org.freedesktop.login1.Session", AT + "/session/_32"
LISTENER = """
import sys
from PySide6.QtCore import QCoreApplication
from ui.app.system_signs import listen
app = QCoreApplication([])
signs = listen(lambda: print("locked", flush=True) or True)
sys.exit(app.exec())
"""


@ClassInfo({"D-Bus Interface": MANAGER})
class Manager(QObject):
    """What logind answers; keeps the reading ends of what it gives out to hold up sleep."""

    def __init__(self):
        super().__init__()
        self.held, self.asked = [], []

    @Slot(str, result=QDBusObjectPath)
    def GetSession(self, name):  # noqa: N802  # logind's name
        self.asked.append(name)
        return QDBusObjectPath(OURS)

    @Slot(str, str, str, str, result=QDBusUnixFileDescriptor)
    def Inhibit(self, what, _who, _why, mode):  # noqa: N802  # as above
        self.asked.append(f"{what} {mode}")
        read, write = os.pipe()
        self.held.append(read)
        given = QDBusUnixFileDescriptor(write)
        os.close(write)
        return given


@ClassInfo({"D-Bus Interface": SESSION})
class Session(QObject):
    """A session that can be on the screen or not."""

    active = True

    def is_active(self):
        return self.active

    Id = Property(str, lambda _self: "2")
    Active = Property(bool, is_active)


class Bus:
    """Says what logind and the desktop say, and hears how often the program locked."""

    def __init__(self, address):
        self.connection = QDBusConnection.connectToBus(address, f"logind of {address}")
        self.manager, self.session, self.listener = Manager(), Session(), None
        everything = QDBusConnection.RegisterOption.ExportAllContents
        for place, thing in ((AT, self.manager), (OURS, self.session), (AT + "/session/auto", self.session)):
            assert self.connection.registerObject(place, thing, everything)
        assert self.connection.registerService(LOGIND)

    def says(self, place, interface, name, *values):
        message = QDBusMessage.createSignal(place, interface, name)
        message.setArguments(list(values))
        assert self.connection.send(message)

    def locked(self):
        """Whether it locked since this was asked last."""
        return bool(self.listener.stdout.buffer.read())

    def sleep_may_begin(self):
        """Whether nothing holds it up any more."""
        return bool(select.select(self.manager.held[-1:], [], [], 0)[0])


@pytest.fixture
def bus(qapp, qtbot, tmp_path):
    (tmp_path / "bus.conf").write_text(BUS.format(folder=tmp_path))
    command = ["dbus-daemon", f"--config-file={tmp_path / 'bus.conf'}", "--nofork", "--print-address"]
    with running(command, dict(os.environ), stdout=subprocess.PIPE) as daemon:
        address = daemon.stdout.readline().strip()
        made = Bus(address)
        env = {**os.environ, "DBUS_SYSTEM_BUS_ADDRESS": address, "DBUS_SESSION_BUS_ADDRESS": address}
        env["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
        with running([sys.executable, "-c", LISTENER], env, stdout=subprocess.PIPE, stderr=None) as made.listener:
            os.set_blocking(made.listener.stdout.fileno(), False)
            qtbot.waitUntil(lambda: sorted(made.manager.asked) == ["2", "sleep delay"])
            yield made
        QDBusConnection.disconnectFromBus(f"logind of {address}")
        for read in made.manager.held:
            os.close(read)


def test_sleep_waits_until_it_is_locked(bus, qtbot):
    assert not bus.sleep_may_begin()
    bus.says(AT, MANAGER, "PrepareForSleep", True)
    qtbot.waitUntil(bus.locked)
    qtbot.waitUntil(bus.sleep_may_begin)
    bus.says(AT, MANAGER, "PrepareForSleep", False)
    qtbot.waitUntil(lambda: len(bus.manager.held) == 2)  # the next sleep waits as well
    assert not bus.sleep_may_begin()
    assert not bus.locked()


@pytest.mark.parametrize("desktop", ["org.freedesktop.ScreenSaver", "org.gnome.ScreenSaver"])
def test_the_desktops_own_lock_counts(bus, qtbot, desktop):
    bus.says("/ScreenSaver", desktop, "ActiveChanged", False)
    bus.says("/ScreenSaver", desktop, "ActiveChanged", True)
    qtbot.waitUntil(bus.locked)
    assert not bus.locked()


def test_locking_the_session_counts(bus, qtbot):
    def heard():  # it may not listen yet: it has only asked which session is its own
        bus.says(OURS, SESSION, "Lock")
        return bus.locked()

    qtbot.waitUntil(heard)


def test_another_person_at_the_screen_counts(bus, qtbot):
    def heard():
        bus.says(OURS, "org.freedesktop.DBus.Properties", "PropertiesChanged", SESSION, {}, ["Active"])
        return bus.locked()

    assert not heard()
    bus.session.active = False
    qtbot.waitUntil(heard)
