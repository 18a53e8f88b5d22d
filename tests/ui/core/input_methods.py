"""Real input methods on a virtual screen, with a real window of the program before them."""

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

WINDOW = Path(__file__).with_name("composing_window.py")
PROGRAMS = ("Xvfb", "xdotool", "dbus-daemon")
PATIENCE_S = 120
# A bus that starts nothing by itself: a second fcitx5 with other settings, say, as soon as one asks for it
BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
FCITX_PROFILE = """[Groups/0]
Name=Default
Default Layout=us
DefaultIM=pinyin

[Groups/0/Items/0]
Name=pinyin
Layout=

[GroupOrder]
0=Default
"""


def wait_for(what, found, *, wanted=True):
    """Wait until `found()` is what is wanted; the speed of the machine decides nothing."""
    until = time.monotonic() + PATIENCE_S
    while (now := found()) != wanted:
        if time.monotonic() > until:
            raise AssertionError(f"{what}: {now!r} instead of {wanted!r}")
        time.sleep(0.02)


@contextmanager
def running(command, env, **pipes):
    """A program that is ended with the test."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **pipes}
    process = subprocess.Popen(command, env=env, text=True, **quiet)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.kill()
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


class Ibus:
    """ibus with its intelligent pinyin: shows the likeliest characters, keeps Ctrl+S to itself."""

    programs = ("ibus-daemon", "ibus")
    component = Path("/usr/share/ibus/component/libpinyin.xml")
    module = "ibus"
    command = ("ibus-daemon", "--xim=false", "--panel=disable", "--emoji-extension=disable")
    passes_shortcuts_on = False
    shows = "你好"

    @staticmethod
    def prepare(home):
        pass

    @staticmethod
    def started(env):
        """Whether it answers; pinyin is chosen for every window."""
        # its status tells whether the layout of the keyboard was set as well, for which there may be no tool
        subprocess.run(["ibus", "engine", "libpinyin"], env=env, check=False, capture_output=True)
        return Ibus.chosen(env)

    @staticmethod
    def chosen(env):
        """Whether pinyin is what the window is typed into with."""
        said = subprocess.run(["ibus", "engine"], env=env, check=False, capture_output=True, text=True)
        return said.stdout.strip() == "libpinyin"


class Fcitx:
    """fcitx5 with its pinyin: shows letters, hands Ctrl+S on. Qt's wheels reach it only by ibus's protocol."""

    programs = ("fcitx5", "fcitx5-remote")
    component = Path("/usr/share/fcitx5/inputmethod/pinyin.conf")
    module = "fcitx"
    # without its own window for the candidates, which would lie over the fields to be clicked
    command = ("fcitx5", "--disable=classicui,kimpanel,cloudpinyin,notificationitem,wayland,waylandim")
    passes_shortcuts_on = True
    shows = "ni hao"

    @staticmethod
    def prepare(home):
        profile = home / ".config/fcitx5/profile"
        profile.parent.mkdir(parents=True)
        profile.write_text(FCITX_PROFILE)

    @staticmethod
    def started(env):
        return subprocess.run(["fcitx5-remote"], env=env, check=False, capture_output=True).returncode == 0

    @staticmethod
    def chosen(env):
        subprocess.run(["fcitx5-remote", "-o"], env=env, check=False, capture_output=True)
        said = subprocess.run(["fcitx5-remote", "-n"], env=env, check=False, capture_output=True, text=True)
        return said.stdout.strip() == "pinyin"


def missing(method):
    """What is not installed of what a session needs."""
    programs = [name for name in (*PROGRAMS, *method.programs) if not shutil.which(name)]
    return programs + ([] if method.component.exists() else [method.component.name])


class Session:
    """Keys and clicks of a person, and questions to the window."""

    def __init__(self, method, env, process, window):
        self.method, self.env, self.process, self.window = method, env, process, window

    def ask(self, *question):
        self.window.stdin.write(json.dumps(question) + "\n")
        self.window.stdin.flush()
        answer = self.window.stdout.readline()
        assert answer, "the window has ended"
        said = json.loads(answer)
        assert "error" not in said, said["error"]
        return said["answer"]

    def wait(self, *question, wanted=True):
        wait_for(question, lambda: self.ask(*question), wanted=wanted)

    def xdotool(self, *arguments):
        subprocess.run(["xdotool", *map(str, arguments)], env=self.env, check=True)

    def click(self, name):
        x, y = self.ask("place", name)
        self.xdotool("mousemove", x, y, "click", 1)

    def enter(self, name):
        """Click into a field, and go to its end."""
        self.click(name)
        self.wait("focus", name)
        self.xdotool("key", "End")

    def compose(self):
        """Type 你好 in pinyin and leave it in composition; returns what the method shows of it."""
        self.xdotool("type", "--delay", 5, "nihao")
        wait_for("composition", lambda: self.ask("composed") == self.method.shows)
        return self.method.shows

    @contextmanager
    def frozen(self):
        """The method does not get round to anything."""
        self.process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self.process.send_signal(signal.SIGCONT)


@contextmanager
def session(method, folder):
    """A screen of its own, a bus of its own, the method, and the window on sample rows."""
    home = folder / "home"
    (folder / "run").mkdir(mode=0o700)
    home.mkdir()
    method.prepare(home)
    env = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("XDG_", "QT_", "WAYLAND", "DBUS_"))},
        "PYTHONPATH": str(Path(__file__).parents[3]),
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(folder / "run"),
        "GSETTINGS_BACKEND": "memory",
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "xcb",
        "QT_IM_MODULE": method.module,
    }
    with ExitStack() as stack:
        read, write = os.pipe()
        screen = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1400x1000x24", "-nolisten", "tcp", "-noreset"]
        stack.enter_context(running(screen, env, pass_fds=[write]))
        os.close(write)
        with os.fdopen(read) as answer:
            env["DISPLAY"] = ":" + answer.readline().strip()
        (folder / "bus.conf").write_text(BUS.format(folder=folder / "run"))
        bus = ["dbus-daemon", f"--config-file={folder / 'bus.conf'}", "--nofork", "--print-address"]
        process = stack.enter_context(running(bus, env, stdout=subprocess.PIPE))
        env["DBUS_SESSION_BUS_ADDRESS"] = process.stdout.readline().strip()
        process = stack.enter_context(running(method.command, env))
        wait_for("input method", lambda: method.started(env))
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": None}
        window = stack.enter_context(running([sys.executable, str(WINDOW), str(folder)], env, **pipes))
        made = Session(method, env, process, window)
        made.wait("ready")
        wait_for("input method", lambda: method.chosen(env))
        yield made
