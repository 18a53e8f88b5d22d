"""The network as it is in companies: proxies, authorities of one's own, and what a failure on the way means."""

from __future__ import annotations

import ipaddress
import re
import socket
import ssl
import urllib.request
from collections.abc import Generator, Iterator
from contextlib import contextmanager

import httpx
import truststore

from salesdesk.errors import EnvironmentFault, OfficeRefused, OfficeUnreachable

_PROXY_SCHEMES = {"http", "https", "socks5", "socks5h"}
# OpenSSL's codes (x509_vfy.h); Windows and macOS tell theirs in words
_DATES, _NAMES, _ISSUERS = {9, 10}, {62, 64}, {2, 18, 19, 20, 21, 27}
_DATE_WORDS, _NAME_WORDS = ("expired", "not yet valid", "validity period"), ("match", "mismatch", "cn name")
_REDIRECTS = range(300, 400)
_SIGN_IN_TO_THE_NETWORK = 511  # RFC 6585
_BLOCKED = {401, 403, 407, 451}


def trusted() -> ssl.SSLContext:
    """Who may vouch for an office: whom this computer's own store trusts, a company's authority included.

    On Linux `SSL_CERT_FILE` and `SSL_CERT_DIR` name another store, as they do for every program on OpenSSL.
    """
    return truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)


def proxy_for(scheme: str, host: str) -> httpx.Proxy | None:
    """The proxy that environment or system name for a host; `None` for the direct way.

    Raises `OfficeUnreachable` for one that cannot be used, with the setting in it. The library's own reading of
    NO_PROXY knows no networks (`10.0.0.0/8`, `::1/128`), and of ALL_PROXY no `socks://`.
    """
    named = {name.lower(): value.strip() for name, value in urllib.request.getproxies().items()}
    setting = named.get(scheme) or named.get("all") or named.get("socks") or ""
    if not setting or _goes_direct(host, named.get("no", "")) or urllib.request.proxy_bypass(host):
        return None
    way, _, rest = setting.rpartition("://")
    way = (way or "http").strip().lower()
    way = "socks5h" if way == "socks" else way
    try:
        proxy = httpx.Proxy(f"{way}://{rest.strip()}")
        usable = way in _PROXY_SCHEMES and bool(proxy.url.host) and (proxy.url.port or 1) < 1 << 16
    except (httpx.InvalidURL, ValueError, UnicodeError):
        usable = False
    if not usable:
        raise OfficeUnreachable("sync.proxy_unusable", proxy=_without_password(setting))
    return proxy


def _goes_direct(host: str, exceptions: str) -> bool:
    """Whether a list of exceptions names the host, as itself, as a domain or as a network."""
    for entry in re.split(r"[,;\s]+", exceptions.lower()):
        name = entry.rpartition("://")[2].removeprefix("*").removeprefix(".")
        if entry == "*" or (name and (host == name or host.endswith(f".{name}"))):
            return True
        try:
            if ipaddress.ip_address(host) in ipaddress.ip_network(name.strip("[]"), strict=False):
                return True
        except ValueError:
            continue
    return False


def _without_password(setting: str) -> str:
    return re.sub(r"//[^/@]*@", "//", setting)


@contextmanager
def told_plainly(host: str, proxy: httpx.Proxy | None, steps: list[str]) -> Generator[None, None, None]:
    """What goes wrong on the way to an office, as a fault that says what to do.

    `steps` are the names of what the client's trace told until then.
    """
    try:
        yield
    except (httpx.HTTPError, httpx.InvalidURL, httpx.StreamError, OSError) as error:
        raise _fault(error, host, proxy, steps) from error


def _fault(error: Exception, host: str, proxy: httpx.Proxy | None, steps: list[str]) -> EnvironmentFault:
    causes = list(_causes(error))
    tls = next((cause for cause in causes if isinstance(cause, ssl.SSLError)), None)
    if tls is not None and isinstance(error, httpx.ConnectError):
        return OfficeUnreachable(_tls(tls), host=host)
    by = _without_password(str(proxy.url)) if proxy is not None else ""
    if isinstance(error, httpx.ProxyError):
        return OfficeUnreachable("sync.proxy_refused", proxy=by, answer=str(error)[:60])
    if proxy is not None and any(step.endswith("connect_tcp.failed") for step in steps):
        return OfficeUnreachable("sync.proxy_unreachable", proxy=by)
    if any(isinstance(cause, socket.gaierror) for cause in causes):
        return OfficeUnreachable("sync.unknown_name", host=host)
    silent, away = isinstance(error, httpx.TimeoutException), isinstance(error, httpx.ConnectError)
    return OfficeUnreachable("sync.timeout" if silent else "sync.unreachable" if away else "sync.cut")


def _tls(error: ssl.SSLError) -> str:
    """What was wrong with the handshake: most often the certificate."""
    if not isinstance(error, ssl.SSLCertVerificationError):
        return "sync.no_tls"
    code, words = getattr(error, "verify_code", 0), str(getattr(error, "verify_message", "") or error).lower()
    if code in _DATES or any(part in words for part in _DATE_WORDS):
        return "sync.certificate_dates"
    if code in _NAMES or any(part in words for part in _NAME_WORDS):
        return "sync.certificate_name"
    if code in _ISSUERS or "trust" in words or "issuer" in words:
        return "sync.certificate_issuer"
    return "sync.bad_certificate"


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    """The error and what led to it; the client's layers keep it as cause or as context."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def stranger(response: httpx.Response, *, known: bool) -> EnvironmentFault | None:
    """Who answered in place of the office, if somebody did; `known` when the office has answered at this address.

    A page where an office has been is the network's: a sign-in of a guest network or a block page. Where none has been
    it may as well be a wrong address.
    """
    page = response.headers.get("Content-Type", "").partition(";")[0].strip().lower() in {
        "text/html",
        "application/xhtml+xml",
    }
    status = response.status_code
    if status == _SIGN_IN_TO_THE_NETWORK:
        return OfficeUnreachable("sync.portal")
    if status in _REDIRECTS:
        target = response.headers.get("Location", "")
        elsewhere = "://" in target and httpx.URL(target).host != response.url.host if _readable(target) else True
        return OfficeUnreachable("sync.portal" if known or elsewhere else "sync.not_an_office")
    if not page:
        return None
    if known or status in _BLOCKED:
        return OfficeUnreachable("sync.portal")
    if status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return None  # a gateway before an office that is down
    return OfficeRefused("sync.not_an_office")


def _readable(url: str) -> bool:
    try:
        httpx.URL(url)
    except (httpx.InvalidURL, ValueError, UnicodeError):
        return False
    return True
