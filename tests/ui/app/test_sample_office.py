"""The practice office ends with the program that began it, however that ends."""

import os
import signal
import socket
import subprocess
import sys
import textwrap
import time

import pytest

from ui.app.sample_office import LocalOffice

WINDOW = textwrap.dedent(
    """
    import sys, time
    from pathlib import Path
    from ui.app.sample_office import LocalOffice
    office = LocalOffice(Path(sys.argv[1]))
    print(office.url, flush=True)
    time.sleep(600)
    """
)
PATIENCE_S = 60


def answers(url):
    host, port = url.removeprefix("http://").split(":")
    try:
        socket.create_connection((host, int(port)), timeout=5).close()
    except OSError:
        return False
    return True


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_it_ends_when_its_window_is_killed(tmp_path, how):
    window = subprocess.Popen([sys.executable, "-c", WINDOW, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    url = window.stdout.readline().strip()
    window.stdout.close()
    assert answers(url)
    os.kill(window.pid, how)
    window.wait()
    until = time.monotonic() + PATIENCE_S
    while answers(url) and time.monotonic() < until:
        time.sleep(0.1)
    assert not answers(url)


def test_it_ends_when_it_is_stopped(tmp_path):
    office = LocalOffice(tmp_path)
    assert answers(office.url)
    office.stop()
    assert not answers(office.url)
    assert office._process.poll() is not None
