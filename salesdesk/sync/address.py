"""The office's address as a person types it, made one that can be asked."""

from __future__ import annotations

import ipaddress
import re
import unicodedata

import httpx

from salesdesk.errors import UserError

# What slips in between http and the host: one slash, three, none, a semicolon for the colon, an s that is typed twice.
_SCHEME = re.compile(r"^(https?)s?(?::/*|;/+|//+)")
_OTHER_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*://")
_LABEL = re.compile(r"^(?!-)[a-z0-9_-]{1,63}(?<!-)$")
_BEHIND = ",;.!?"
_IPV6 = re.compile(r"\[[0-9a-fA-F]*:")
_WRAPPING = "<>《》〈〉“”‘’\"'`()（）[]【】「」"
# The keys of full stop and slash under a Chinese input method, and the slash of Windows
_KEYS = str.maketrans({"。": ".", "｡": ".", "、": "/", "\\": "/"})
_ENDPOINT = re.compile(r"/v\d+(/.*)?$")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


def cleaned(typed: str) -> str:
    """`https://host[:port][/path]` of what was typed.

    Full-width characters, blanks, capitals, a missing or misspelt `https://`, what a browser or a mail put around or
    behind it: mended. Raises `UserError` beside the field `url` for what cannot be: no host, a port or a name that do
    not exist, a password in it, and plain http to anywhere but this computer.
    """
    text = unicodedata.normalize("NFKC", typed.translate(_KEYS)).translate(_KEYS)
    text = "".join(c for c in text if not c.isspace() and unicodedata.category(c) not in {"Cf", "Cc"})
    text = _unwrapped(text)
    if not text:
        raise UserError("sync.address_needed", field="url")
    start = re.match(r"[^/]*/{0,3}[^/]*", text)
    assert start is not None  # it matches everything
    text = start.group().lower() + text[start.end() :]
    named = _SCHEME.match(text)
    if named is None and _OTHER_SCHEME.match(text):
        raise UserError("sync.address_needs_https", field="url")
    rest = text[named.end() :] if named else text.lstrip("/:")
    host, port = _host_and_port(rest)
    near = host in LOOPBACK
    scheme = named.group(1) if named else "http" if near else "https"
    if scheme == "http" and not near:
        raise UserError("sync.address_needs_https", field="url")
    path = re.split(r"[?#]", rest.partition("/")[2])[0].strip("/")
    path = _ENDPOINT.sub("", f"/{path}").rstrip("/") if path else ""
    shown = f"[{host}]" if ":" in host else host
    return f"{scheme}://{shown}{port}{path}"


def _unwrapped(text: str) -> str:
    """Without what a sentence puts around an address and behind it; the brackets of an IPv6 address stay."""
    while text and text[0] in _WRAPPING and not _IPV6.match(text):
        text = text[1:].rstrip(_WRAPPING + _BEHIND)
    return text.rstrip(_BEHIND)


def _host_and_port(rest: str) -> tuple[str, str]:
    """The host in ASCII, an IPv6 address without brackets, and the port as `:8443` or nothing."""
    bad = UserError("sync.bad_address", field="url")
    authority = re.split(r"[/?#]", rest)[0]
    if "@" in authority:
        raise UserError("sync.address_with_password", field="url")
    try:
        url = httpx.URL(f"https://{authority}")
        port = url.port
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise bad from error
    host = url.raw_host.decode("ascii").strip("[]").rstrip(".")
    if not _is_address(host) and not all(_LABEL.match(label) for label in host.split(".")):
        raise bad
    if not host or (port is not None and not 0 < port < 1 << 16):
        raise bad
    return host, f":{port}" if port is not None else ""


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
