"""The network as it is in companies: addresses as they are typed, proxies, authorities, portals; each told as it is."""

import base64
import socket
import ssl
from datetime import timedelta

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from salesdesk.errors import OfficeRefused, OfficeUnreachable, SalesDeskError, UserError
from salesdesk.records.work import Task
from salesdesk.store import attachments
from salesdesk.sync import driver, network
from salesdesk.sync.address import cleaned
from salesdesk.sync.client import Client
from salesdesk.sync.protocol import Challenge, Nonce
from tests.server.conftest import new_office
from tests.server.office import secret_for
from tests.sync.companies import NOW, Authority, Gateway, Page, Silent, Socks, Tunnel
from tests.sync.crew import Laptop, until_quiet

HOST = "office.example.com"


@pytest.fixture(scope="module")
def office(request, tmp_path_factory):
    with new_office("sqlite", tmp_path_factory.mktemp("office"), request) as opened:
        yield opened


@pytest.fixture(autouse=True)
def no_settings(monkeypatch):
    """Without the settings of whoever runs the tests."""
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def authority(tmp_path, monkeypatch):
    """An authority that this computer trusts, as IT installs it."""
    made = Authority(tmp_path / "authority")
    monkeypatch.setenv("SSL_CERT_FILE", str(made.path))
    return made


def ask(url):
    """A request without a sign-in; raises what it meets."""
    with Client(url) as client:
        return client.call("/v1/challenge", Challenge(device="a"), Nonce, signed=False)


def told(url):
    with pytest.raises(SalesDeskError) as met:
        ask(url)
    return met.value


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("https://office.example.com", "https://office.example.com"),
        ("  https://office.example.com \n", "https://office.example.com"),
        ("https：//office.example.com", "https://office.example.com"),
        ("ｈｔｔｐｓ：／／ｏｆｆｉｃｅ．ｅｘａｍｐｌｅ．ｃｏｍ：８４４３", "https://office.example.com:8443"),
        ("https://office。example。com", "https://office.example.com"),
        ("https:、、office.example.com", "https://office.example.com"),
        ("HTTPS://Office.Example.COM", "https://office.example.com"),
        ("Https: // office.example.com", "https://office.example.com"),
        ("office.example.com", "https://office.example.com"),
        ("Office.Example.com:8443", "https://office.example.com:8443"),
        ("//office.example.com", "https://office.example.com"),
        ("https:/office.example.com", "https://office.example.com"),
        ("https:///office.example.com", "https://office.example.com"),
        ("https//office.example.com", "https://office.example.com"),
        ("https;//office.example.com", "https://office.example.com"),
        ("https:office.example.com", "https://office.example.com"),
        ("httpss://office.example.com", "https://office.example.com"),
        ("https:\\\\office.example.com\\", "https://office.example.com"),
        ("https://office.example.com/", "https://office.example.com"),
        ("https://office.example.com/salesdesk/", "https://office.example.com/salesdesk"),
        ("https://office.example.com/Sales/v1/pull", "https://office.example.com/Sales"),
        ("https://office.example.com/v1", "https://office.example.com"),
        ("https://office.example.com/?from=mail#top", "https://office.example.com"),
        ("https://office.example.com?from=mail", "https://office.example.com"),
        ("<https://office.example.com>", "https://office.example.com"),
        ("“https://office.example.com”。", "https://office.example.com"),
        ("（https://office.example.com）", "https://office.example.com"),
        ("https://office.example.com.", "https://office.example.com"),
        ("https://office.example.com，", "https://office.example.com"),
        ("\u200bhttps://office.example.com\ufeff", "https://office.example.com"),
        ("https://中国.example.com", "https://xn--fiqs8s.example.com"),
        ("https.example.com", "https://https.example.com"),
        ("https://10.0.0.5:8443", "https://10.0.0.5:8443"),
        ("https://[FE80::1]:8443/", "https://[fe80::1]:8443"),
        ("http://127.0.0.1:8000/", "http://127.0.0.1:8000"),
        ("localhost:8000", "http://localhost:8000"),
        ("127.0.0.1：8000", "http://127.0.0.1:8000"),
        ("[::1]:8000", "http://[::1]:8000"),
        ("office_1.corp", "https://office_1.corp"),
    ],
)
def test_an_address_is_cleaned(typed, meant):
    assert cleaned(typed) == meant
    assert cleaned(meant) == meant


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "sync.address_needed"),
        (" \u3000\n", "sync.address_needed"),
        ("https://", "sync.bad_address"),
        ("https://:8443", "sync.bad_address"),
        ("https://office.example.com:99999", "sync.bad_address"),
        ("https://office.example.com:0", "sync.bad_address"),
        ("https://office.example.com:80a", "sync.bad_address"),
        ("https://office..example.com", "sync.bad_address"),
        ("https://" + "a" * 64 + ".com", "sync.bad_address"),
        ("https://192,168,1,5", "sync.bad_address"),
        ("https://[::1", "sync.bad_address"),
        ("https://[zz::1]", "sync.bad_address"),
        ("https://-office.example.com", "sync.bad_address"),
        ("https://office%20.example.com", "sync.bad_address"),
        ("https://\ud800.example.com", "sync.bad_address"),
        ("https://liwei:secret@office.example.com", "sync.address_with_password"),
        ("li@example.com", "sync.address_with_password"),
        ("http://office.example.com", "sync.address_needs_https"),
        ("ＨＴＴＰ：//office.example.com", "sync.address_needs_https"),
        ("ftp://office.example.com", "sync.address_needs_https"),
        ("file:///C:/office", "sync.address_needs_https"),
    ],
)
def test_what_cannot_be_an_address_is_told_beside_its_field(typed, message):
    with pytest.raises(UserError) as met:
        cleaned(typed)
    assert (met.value.message, met.value.field) == (message, "url")


@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks", "SOCKS5", " socks5"])
def test_a_day_goes_through_a_socks_proxy_and_an_authority_of_the_company(
    office, authority, tmp_path, monkeypatch, scheme
):
    with Gateway(authority.server(HOST), office.listener.getsockname()[1]) as gateway, Socks(gateway.port) as proxy:
        monkeypatch.setenv("ALL_PROXY", f"{scheme}://127.0.0.1:{proxy.port}")
        laptop = Laptop(tmp_path / "laptop", office.url, "")
        secret = secret_for(office.url, "liwei")
        driver.enrol(laptop.workspace, f" HTTPS：//{HOST}/ ", "liwei", secret, "laptop")
        until_quiet(laptop)
        assert set(proxy.asked) == {HOST}
        laptop.close()


@pytest.mark.parametrize("setting", ["http://127.0.0.1:{port}", "127.0.0.1:{port}", "HTTP://127.0.0.1:{port}/"])
def test_through_a_proxy_of_the_web(office, authority, monkeypatch, setting):
    with Gateway(authority.server(HOST), office.listener.getsockname()[1]) as gateway, Tunnel(gateway.port) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", setting.format(port=proxy.port))
        assert isinstance(ask(f"https://{HOST}"), Nonce)
        assert proxy.asked == [f"{HOST}:443"]


@pytest.mark.parametrize(
    ("exceptions", "host", "direct"),
    [
        ("localhost,127.0.0.1,::1/128", HOST, False),
        ("::1/128", "::1", True),
        ("10.0.0.0/8, 192.168.0.0/16", "10.1.2.3", True),
        ("10.0.0.0/8", "11.1.2.3", False),
        ("*.example.com", HOST, True),
        (".EXAMPLE.com", HOST, True),
        ("example.com", "notexample.com", False),
        ("https://office.example.com", HOST, True),
        ("[fe80::]/10;corp", "fe80::1", False),
        ("fe80::/10;corp", "fe80::1", True),
        ("corp office.example.com", HOST, True),
        ("*", HOST, True),
        (",,;", HOST, False),
    ],
)
def test_exceptions_from_the_proxy_are_names_domains_and_networks(monkeypatch, exceptions, host, direct):
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", exceptions)
    assert (network.proxy_for("https", host) is None) == direct


@pytest.mark.parametrize(
    "setting", ["socks4://10.0.0.1:1080", "quic://proxy", "http://", "http://[::1", "http://a:99999"]
)
def test_a_proxy_that_cannot_be_used_is_named_without_its_password(monkeypatch, setting):
    monkeypatch.setenv("HTTPS_PROXY", setting.replace("://", "://li:secret@"))
    error = told(f"https://{HOST}")
    assert error.message == "sync.proxy_unusable"
    assert "secret" not in str(error)


def test_an_office_on_this_computer_is_asked_without_proxy(office, monkeypatch):
    monkeypatch.setenv("ALL_PROXY", "socks5://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "::1/128")
    assert isinstance(ask(office.url), Nonce)


@pytest.mark.parametrize("answer", ["407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway"])
def test_a_proxy_that_refuses_is_told_as_such(authority, monkeypatch, answer):
    with Tunnel(0, answer) as proxy:
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")
        error = told(f"https://{HOST}")
    assert (error.message, answer in error.params["answer"]) == ("sync.proxy_refused", True)


@pytest.mark.parametrize("scheme", ["http", "socks5"])
def test_a_proxy_that_is_not_there_is_told_as_such(authority, monkeypatch, scheme):
    monkeypatch.setenv("HTTPS_PROXY", f"{scheme}://127.0.0.1:9")
    assert told(f"https://{HOST}").message == "sync.proxy_unreachable"


def through(monkeypatch, proxy):
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy.port}")


def test_an_interceptor_that_nobody_trusts_is_told_by_its_certificate(office, tmp_path, authority, monkeypatch):
    stranger = Authority(tmp_path / "stranger", "Security gateway")
    with Gateway(stranger.server(HOST), office.listener.getsockname()[1]) as gateway, Tunnel(gateway.port) as proxy:
        through(monkeypatch, proxy)
        error = told(f"https://{HOST}")
    assert (error.message, error.params["host"]) == ("sync.certificate_issuer", HOST)


def test_a_portal_answers_with_a_certificate_of_its_own_name(authority, monkeypatch):
    with Gateway(authority.server("portal.hotel.example"), 9) as gateway, Tunnel(gateway.port) as proxy:
        through(monkeypatch, proxy)
        assert told(f"https://{HOST}").message == "sync.certificate_name"


def test_an_office_that_hangs_up_behind_a_proxy_is_not_the_proxys_fault(authority, monkeypatch):
    with Tunnel(9) as proxy:  # nobody is there: the tunnel closes after its answer
        through(monkeypatch, proxy)
        assert told(f"https://{HOST}").message in {"sync.cut", "sync.unreachable", "sync.no_tls"}


def test_a_certificate_out_of_its_time_sends_to_the_clock(authority, monkeypatch):
    context = authority.server(HOST, until=NOW - timedelta(days=1))
    with Gateway(context, 9) as gateway, Tunnel(gateway.port) as proxy:
        through(monkeypatch, proxy)
        assert told(f"https://{HOST}").message == "sync.certificate_dates"


def test_what_does_not_speak_tls_is_told(authority, monkeypatch):
    with Page("400 Bad Request", plain=True) as page, Tunnel(page.port) as proxy:
        through(monkeypatch, proxy)
        assert told(f"https://{HOST}").message == "sync.no_tls"


def test_a_name_that_nobody_knows_is_told(monkeypatch):
    def nobody(*_arguments, **_more):
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", nobody)
    assert told("https://office.invalid").message == "sync.unknown_name"


@pytest.mark.parametrize(
    ("status", "headers", "first", "later"),
    [
        ("200 OK", ["Content-Type: text/html"], "sync.not_an_office", "sync.portal"),
        ("404 Not Found", ["Content-Type: text/html; charset=gbk"], "sync.not_an_office", "sync.portal"),
        ("403 Forbidden", ["Content-Type: TEXT/HTML"], "sync.portal", "sync.portal"),
        ("302 Found", ["Location: http://portal.example/login"], "sync.portal", "sync.portal"),
        ("302 Found", ["Location: /login"], "sync.not_an_office", "sync.portal"),
        ("511 Network Authentication Required", [], "sync.portal", "sync.portal"),
        ("503 Service Unavailable", ["Content-Type: text/html"], "sync.office_in_trouble", "sync.portal"),
        ("200 OK", ["Content-Type: application/json"], "sync.not_a_message", "sync.not_a_message"),
    ],
)
def test_who_answers_in_place_of_the_office(office, tmp_path, status, headers, first, later):
    with Page(status, headers=headers) as page:
        assert told(page.url).message == first
        laptop = Laptop(tmp_path / "laptop", office.url, "liwei")
        laptop.go_through(page.url)
        with pytest.raises(SalesDeskError) as met:
            laptop.sync()
        assert met.value.message == later
        laptop.go_through(office.url)
        laptop.sync()
        laptop.close()


def test_a_page_in_the_middle_of_a_file_is_told_and_the_file_goes_later(office, tmp_path):
    laptop = Laptop(tmp_path / "laptop", office.url, "liwei")
    sha256 = "0" * 64
    with Page("200 OK", headers=["Content-Type: application/octet-stream"]) as page, Client(page.url) as client:
        client._bearer = lambda: "token"
        with pytest.raises(OfficeRefused, match="blob_not_taken"):
            client.send_file("east", sha256, b"data")
    laptop.close()


def test_a_file_goes_though_the_sign_in_ran_out(office, tmp_path):
    """The answer to HEAD has no body that would say so; taken for a missing file, no photo ever went."""
    laptop = Laptop(tmp_path / "laptop", office.url, "liwei")
    data = b"a photo"
    with laptop.workspace.changing("attach") as changes:
        task = changes.add(Task(subject="with a photo"))
        kept = attachments.attach(laptop.workspace, changes, task, "门头.jpg", "image/jpeg", data)
    bearer, stale = Client._bearer, iter(["not a token any more"])

    def ran_out(client):
        return next(stale, None) or bearer(client)

    with Client(office.url, laptop.workspace.identity.device, device_key(laptop)) as client:
        client._bearer = lambda: ran_out(client)
        client._token = "kept so that it is renewed"
        client.send_file("east", kept.sha256, data)
        assert client.fetch_file("east", kept.sha256) == data
    laptop.close()


def device_key(laptop):
    office = driver.office_of(laptop.workspace)
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(office.key))


def test_addresses_of_before_open_too(office, tmp_path):
    """What an older version kept as it was typed."""
    laptop = Laptop(tmp_path / "laptop", office.url, "liwei")
    laptop.go_through(office.url.replace("http", "HTTP") + "/")
    laptop.sync()
    laptop.close()


def test_the_store_of_the_system_vouches():
    assert isinstance(network.trusted(), ssl.SSLContext)
    assert "truststore" in type(network.trusted()).__module__


def test_a_silent_proxy_says_so_in_the_end(authority, monkeypatch):
    monkeypatch.setattr("salesdesk.sync.client._CONNECT_S", 0.3)
    monkeypatch.setattr("salesdesk.sync.client.LAPTOP_WAITS_S", 0.3)
    with Silent() as proxy:
        through(monkeypatch, proxy)
        error = told(f"https://{HOST}")
    assert isinstance(error, OfficeUnreachable)
    assert error.message in {"sync.timeout", "sync.proxy_unreachable"}


def test_nothing_of_the_library_gets_through(monkeypatch):
    for error in (httpx.DecodingError("x"), httpx.TooManyRedirects("x"), OSError("x"), httpx.LocalProtocolError("x")):
        with pytest.raises(OfficeUnreachable), network.told_plainly(HOST, None, []):
            raise error
