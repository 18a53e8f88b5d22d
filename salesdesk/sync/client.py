"""HTTP, and nothing else knows it: signing in with the device's key, sending messages, moving files."""

from __future__ import annotations

import hashlib
import re
import ssl
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from typing import Self, TypeVar

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from salesdesk.errors import OfficeRefused, OfficeUnreachable
from salesdesk.sync.protocol import (
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

_STALL_S = 30.0  # without a byte; a long transfer that moves is not cut
_CONNECT_S = 10.0
_PIECE = 512 * 1024
_TOKEN_MARGIN_S = 60
_LONGEST_WAIT_S = 20
_OFFSET = re.compile("[0-9]{1,15}")
_CONFLICT, _BUSY = 409, {429, 503}


class Client:
    """One office server. Use as a context manager; errors are `OfficeUnreachable` and `OfficeRefused`."""

    def __init__(self, url: str, device: str = "", key: Ed25519PrivateKey | None = None) -> None:
        """Without a key only `call(..., signed=False)` works."""
        loopback = httpx.URL(url).host in {"127.0.0.1", "::1", "localhost"} if "://" in url else False
        if not url.startswith("https://") and not loopback:
            raise OfficeRefused("sync.address_needs_https")
        timeout = httpx.Timeout(_STALL_S, connect=_CONNECT_S)
        # loading the certificate authorities takes longer than a whole sync with nothing to do
        verify = url.startswith("https://")
        self._http = httpx.Client(base_url=url, timeout=timeout, trust_env=not loopback, verify=verify)
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
        """Send a message. A refused token is renewed once, a busy office asked once more when it says."""
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
        response = send()
        if response.status_code in _BUSY and response.headers.get("Retry-After", "").isdigit():
            wait = int(response.headers["Retry-After"])
            if wait <= _LONGEST_WAIT_S:
                time.sleep(wait)
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
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise OfficeUnreachable("sync.office_in_trouble", status=response.status_code)
        if response.request.method == "HEAD":
            return Refusal(message="sync.blob_missing")
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
        with _told_plainly():
            response = self._http.request(method, path, headers=sent, content=content)
        self.bytes_up += len(content)
        self.bytes_down += len(response.content)
        return response

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
        response = self._send("POST", path, signed=False, content=pack(message))
        if response.is_success:
            return unpack(response.content, answer)
        refusal = self._refusal(response)
        raise OfficeRefused(refusal.message, **refusal.params)


def _offset(response: httpx.Response, otherwise: int) -> int:
    said = response.headers.get("Upload-Offset", "")
    return int(said) if _OFFSET.fullmatch(said) else otherwise


@contextmanager
def _told_plainly() -> Generator[None, None, None]:
    try:
        yield
    except httpx.TimeoutException as error:
        raise OfficeUnreachable("sync.timeout") from error
    except httpx.ConnectError as error:
        if isinstance(error.__cause__, ssl.SSLError) or "CERTIFICATE" in str(error).upper():
            raise OfficeUnreachable("sync.bad_certificate") from error
        raise OfficeUnreachable("sync.unreachable") from error
    except (httpx.TransportError, httpx.InvalidURL) as error:
        raise OfficeUnreachable("sync.cut") from error
