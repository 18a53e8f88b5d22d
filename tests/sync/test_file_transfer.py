"""Files of a laptop against what stands in the office's place: a hotel's page, or somebody who does not count."""

import hashlib
import threading
from contextlib import closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from salesdesk.errors import OfficeRefused
from salesdesk.sync.client import Client
from tests.server.conftest import new_office
from tests.server.office import Bare

DATA = b"x" * 1_200_000  # three pieces
SHA = hashlib.sha256(DATA).hexdigest()
PAGE = (200, {"Content-Type": "text/html"}, b"<html>Welcome to our hotel</html>")


@contextmanager
def in_its_place(head, patch):
    """A server that answers HEAD and PATCH with (status, headers, body); its address, and what it was asked."""
    asked = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_HEAD(self):
            self.answer(*head)

        def do_PATCH(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.answer(*patch)

        def answer(self, status, headers, body):
            asked.append(self.command)
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", asked
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def client(url):
    made = Client(url)
    made._token, made._token_until = "x", float("inf")
    return made


START = (200, {"Upload-Offset": "0", "Upload-Complete": "?0"}, b"")
ANSWERS = {
    "a page": PAGE,
    "nothing": (204, {}, b""),
    "an offset that never advances": (204, {"Upload-Offset": "0"}, b""),
    "one that goes too slowly": (204, {"Upload-Offset": "1"}, b""),
    "one beyond the end": (204, {"Upload-Offset": str(10**9)}, b""),
    "no number": (204, {"Upload-Offset": "²"}, b""),
    "a number of 5,000 digits": (204, {"Upload-Offset": "9" * 5000}, b""),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_a_piece_that_was_not_taken_ends_this_file_with_words(answer):
    with in_its_place(START, ANSWERS[answer]) as (url, asked), client(url) as laptop:
        # a page is told as one, before anybody looks for an offset in it
        with pytest.raises(OfficeRefused, match="sync.not_an_office" if answer == "a page" else "sync.blob_not_taken"):
            laptop.send_file("east", SHA, DATA)
        assert asked == ["HEAD", "PATCH"]


@pytest.mark.parametrize("head", [(200, {"Upload-Offset": "1200000"}, b""), (200, {"Upload-Offset": "9" * 30}, b"")])
def test_a_file_counts_when_the_office_says_that_it_is_there_and_not_before(head):
    """All bytes are there, and nobody has looked at them: one more piece, with nothing in it, has them looked at."""
    with in_its_place(head, (204, {"Upload-Offset": "1200000"}, b"")) as (url, asked), client(url) as laptop:
        try:
            laptop.send_file("east", SHA, DATA)
        except OfficeRefused as error:
            assert error.message == "sync.blob_not_taken"
        assert asked[:2] == ["HEAD", "PATCH"]


@pytest.mark.parametrize("data", [b"", b"a", DATA])
def test_files_of_any_length_arrive(tmp_path, request, data):
    with new_office("sqlite", tmp_path, request) as office:
        with closing(Bare(office.url)) as bare, client(office.url) as laptop:
            laptop._token = bare.token
            sha256 = hashlib.sha256(data).hexdigest()
            for _ in range(2):
                laptop.send_file("east", sha256, data)
            assert laptop.fetch_file("east", sha256) == data
        bare.close()
