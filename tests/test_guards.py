"""The guards of conftest.py really stop what they are there for."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
PLAIN = "def test_nothing(): pass"
TALKS = """
import socket, pytest
# an address of the block for documentation: there is nobody, and the guard stands before the first packet
def test_talks():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as s:
        s.sendto(b"x", ("192.0.2.1", 9))
"""
LOOKS_UP = "import socket\ndef test_looks_up(): socket.getaddrinfo('salesdesk.invalid', 80)"
LOGS = "import logging\ndef test_logs(): logging.getLogger('salesdesk').warning('the disk is warm')"
LOGS_KNOWINGLY = """
import logging
def test_logs_knowingly(log_records):
    logging.getLogger('salesdesk').warning('the disk is warm')
    assert log_records.pop().getMessage() == 'the disk is warm'
"""
LEAVES_A_THREAD = """
import threading, time
def test_leaves_a_thread(): threading.Thread(target=time.sleep, args=[4], name='sleepy').start()
"""
HAS_A_HOME = """
import os, pathlib, keyring
def test_has_a_home():
    assert list(pathlib.Path(os.environ['SALESDESK_HOME']).iterdir()) == []
    assert 'null' in type(keyring.get_keyring()).__module__
def test_has_a_keyring(keyring_in_memory):
    keyring.set_password('SalesDesk', 'me', 'secret')
    assert keyring.get_password('SalesDesk', 'me') == 'secret'
def test_has_a_fresh_keyring():
    assert keyring.get_password('SalesDesk', 'me') is None
"""


def play(folder, source):
    shutil.copy(CONFTEST, folder / "conftest.py")
    (folder / "test_it.py").write_text(source)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", str(folder), str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


@pytest.mark.parametrize("source", [PLAIN, LOGS_KNOWINGLY, HAS_A_HOME])
def test_a_quiet_test_passes(tmp_path, source):
    done = play(tmp_path, source)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (TALKS, "may not leave this machine: socket.sendto 192.0.2.1"),
        (LOOKS_UP, "may not leave this machine: socket.getaddrinfo salesdesk.invalid"),
        (LOGS, "unexpected in the log: salesdesk WARNING the disk is warm"),
        (LEAVES_A_THREAD, "threads left behind: [<Thread(sleepy"),
    ],
)
def test_a_noisy_test_fails(tmp_path, source, said):
    done = play(tmp_path, source)
    assert done.returncode == 1
    assert said in done.stdout
