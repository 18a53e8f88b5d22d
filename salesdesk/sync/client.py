"""HTTP, and nothing else knows it: signing in with the device's key, sending messages, moving files."""

from __future__ import annotations

import hashlib
import queue
import random
import re
import threading
import time
from collections.abc import Callable
from typing import Self, TypeVar

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from salesdesk.errors import OfficeRefused, OfficeUnreachable
from salesdesk.sync import address, network
from salesdesk.sync.protocol import (
    LAPTOP_KEEPS_S,
    LAPTOP_WAITS_S,
    Challenge,
    Message,
    Mismatch,
    Nonce,
    Proof,
    Refusal,
    Token,
    pack,
    signed_text,
    unpack,
)

M = TypeVar("M", bound=Message)

_CONNECT_S = 10.0
_PIECE = 512 * 1024
_TOKEN_MARGIN_S = 60
_LONGEST_WAIT_S = 20
_LOOK_S = 0.1  # how often a waiting request looks whether it is to stop
_TRIES = 3
_SPREAD = 1.5  # laptops that were told the same moment do not come back in it
_OFFSET = re.compile("[0-9]{1,15}")
_CONFLICT, _BUSY = 409, {429, 503}
_UNAUTHORISED = 401


class Stopped(Exception):
    """The person pressed Stop while a request waited."""


class Client:
    """One office server. Use as a context manager; errors are `OfficeUnreachable` and `OfficeRefused`.

    A request runs in a thread of its own, which knows nothing of the workspace: so `Stopped` comes within a tenth of a
    second of `stopped`, whether a name is looked up, a proxy, a silent office or one that drips is waited for. The
    thread is left to its end, which comes with the closing of its connection.
    """

    def __init__(
        self,
        url: str,
        device: str = "",
        key: Ed25519PrivateKey | None = None,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        """Without a key only `call(..., signed=False)` works. `UserError` for what is no address."""
        url = address.cleaned(url)
        self._host = httpx.URL(url).host
        secure = url.startswith("https://")
        self._proxy = network.proxy_for("https", self._host) if self._host not in address.LOOPBACK else None
        self._http = httpx.Client(
            base_url=url,
            timeout=httpx.Timeout(LAPTOP_WAITS_S, connect=_CONNECT_S),
            limits=httpx.Limits(keepalive_expiry=LAPTOP_KEEPS_S),
            proxy=self._proxy,
            trust_env=False,  # `network` reads it, and more of it
            verify=network.trusted() if secure else False,
        )
        self._stopped = stopped
        self._device = device
        self._key = key
        self._token = ""
        self._token_until = 0.0
        self.bytes_up = 0
        self.bytes_down = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def call(self, path: str, message: Message, answer: type[M], *, signed: bool = True) -> M | Mismatch:
        """Send a message. A refused token is renewed once, a busy office asked again when it says."""
        body = pack(message)
        response = self._again(lambda: self._send("POST", path, signed=signed, content=body))
        if response.status_code == _CONFLICT:
            return unpack(response.content, Mismatch)
        return unpack(response.content, answer)

    def send_file(self, territory: str, sha256: str, data: bytes) -> None:
        """Bring a file to the office, going on where an earlier try was cut.

        It is there when the office has said so, and not before: an empty one goes as an empty piece, and whole
        ones that were never checked get one more.
        """
        path = f"/v1/blobs/{territory}/{sha256}"
        head = self._again(lambda: self._send("HEAD", path))
        if head.headers.get("Upload-Complete") == "?1":
            return
        offset = min(_offset(head, 0), len(data))
        while True:
            offset = self._send_piece(path, data, offset)
            if offset == len(data):
                return

    def _send_piece(self, path: str, data: bytes, offset: int) -> int:
        headers = {"Upload-Offset": str(offset), "Upload-Length": str(len(data))}
        piece = data[offset : offset + _PIECE]
        done = self._again(lambda: self._send("PATCH", path, headers=headers, content=piece))
        reached = _offset(done, -1)
        if not offset + len(piece) <= reached <= len(data):  # a page of a hotel, or somebody who does not count
            raise OfficeRefused("sync.blob_not_taken")
        return reached

    def fetch_file(self, territory: str, sha256: str) -> bytes | None:
        """A file from the office, checked against its hash; `None` while the office does not have it yet."""
        try:
            response = self._again(lambda: self._send("GET", f"/v1/blobs/{territory}/{sha256}"))
        except OfficeRefused as error:
            if error.message == "sync.blob_missing":
                return None
            raise
        if hashlib.sha256(response.content).hexdigest() != sha256:
            raise OfficeRefused("sync.blob_damaged")
        return response.content

    def _again(self, send: Callable[[], httpx.Response]) -> httpx.Response:
        for _ in range(_TRIES - 1):
            response = send()
            wait = _told_to_wait(response)
            if wait is None:
                break
            self._wait(wait * random.uniform(1, _SPREAD))  # noqa: S311  # spreads, hides nothing
        else:
            response = send()
        if response.is_success or response.status_code == _CONFLICT:
            return response
        refusal = self._refusal(response)
        if refusal.message == "sync.token_expired" and self._token:
            self._token = ""
            response = send()
            if response.is_success or response.status_code == _CONFLICT:
                return response
            refusal = self._refusal(response)
        raise OfficeRefused(refusal.message, **refusal.params)

    def _refusal(self, response: httpx.Response) -> Refusal:
        # an office that is busy says when to come back; a gateway before one that is down does not
        if response.status_code == httpx.codes.SERVICE_UNAVAILABLE and "Retry-After" in response.headers:
            raise OfficeUnreachable("sync.office_busy")
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise OfficeUnreachable("sync.office_in_trouble", status=response.status_code)
        if response.request.method == "HEAD":  # without a body that says more
            unauthorised = response.status_code == _UNAUTHORISED
            return Refusal(message="sync.token_expired" if unauthorised else "sync.blob_missing")
        return unpack(response.content, Refusal)

    def _send(
        self,
        method: str,
        path: str,
        *,
        signed: bool = True,
        headers: dict[str, str] | None = None,
        content: bytes = b"",
    ) -> httpx.Response:
        sent = dict(headers or {})
        if signed:
            sent["Authorization"] = f"Bearer {self._bearer()}"
        steps: list[str] = []
        trace = {"trace": lambda name, _info: steps.append(name)}
        with network.told_plainly(self._host, self._proxy, steps):
            response = self._patiently(
                lambda: self._http.request(method, path, headers=sent, content=content, extensions=trace)
            )
        stranger = network.stranger(response, known=self._key is not None)
        if stranger is not None:
            raise stranger
        self.bytes_up += len(content)
        self.bytes_down += len(response.content)
        return response

    def _patiently(self, ask: Callable[[], httpx.Response]) -> httpx.Response:
        """The answer to a request, or `Stopped`."""
        answers: queue.SimpleQueue[httpx.Response | BaseException] = queue.SimpleQueue()

        def work() -> None:
            try:
                answers.put(ask())
            except BaseException as error:  # noqa: BLE001  # raised again below, in the thread that asked
                answers.put(error)

        threading.Thread(target=work, name="request", daemon=True).start()
        while True:
            try:
                answer = answers.get(timeout=_LOOK_S)
            except queue.Empty:
                if self._stopped():
                    raise Stopped from None
                continue
            if isinstance(answer, BaseException):
                raise answer
            return answer

    def _wait(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if self._stopped():
                raise Stopped
            time.sleep(min(_LOOK_S, left))

    def _bearer(self) -> str:
        """The token, renewed by a signature when it runs out; its time is counted by the monotonic clock."""
        if not self._token or time.monotonic() > self._token_until:
            if self._key is None:
                raise OfficeRefused("sync.not_signed_in")
            nonce = self._asked("/v1/challenge", Challenge(device=self._device), Nonce).nonce
            signature = self._key.sign(signed_text(self._device, nonce))
            proof = Proof(device=self._device, nonce=nonce, signature=signature)
            token = self._asked("/v1/token", proof, Token)
            self._token = token.token
            self._token_until = time.monotonic() + max(0, token.expires_in - _TOKEN_MARGIN_S)
        return self._token

    def _asked(self, path: str, message: Message, answer: type[M]) -> M:
        body = pack(message)
        response = self._again(lambda: self._send("POST", path, signed=False, content=body))
        return unpack(response.content, answer)


def _offset(response: httpx.Response, otherwise: int) -> int:
    said = response.headers.get("Upload-Offset", "")
    return int(said) if _OFFSET.fullmatch(said) else otherwise


def _told_to_wait(response: httpx.Response) -> int | None:
    """Seconds, when the office is busy and says how long, and that is worth waiting for."""
    said = response.headers.get("Retry-After", "")
    if response.status_code not in _BUSY or not (said.isascii() and said.isdigit()):
        return None
    return int(said) if int(said[:6]) <= _LONGEST_WAIT_S else None
