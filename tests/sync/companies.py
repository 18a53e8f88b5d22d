"""A company's network on the loopback: an authority of its own, gateways, proxies, portals, offices that are silent."""

import contextlib
import socket
import ssl
import threading
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

NOW = datetime.now(UTC)


class Authority:
    """An authority that signs certificates; `path` is the file a system's store would hold."""

    def __init__(self, folder, name="Company authority"):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        builder = self._builder(self._name, self._key.public_key(), NOW + timedelta(days=3650))
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        builder = builder.add_extension(usage, critical=True)
        own = builder.add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        identifier = x509.SubjectKeyIdentifier.from_public_key(self._key.public_key())
        certificate = own.add_extension(identifier, critical=False).sign(self._key, SHA256())
        self.path = folder / "authority.pem"
        self.path.write_bytes(certificate.public_bytes(Encoding.PEM))

    def server(self, host, until=NOW + timedelta(days=30)):
        """A server's TLS context for a host."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "server")])
        builder = self._builder(name, key.public_key(), until)
        builder = builder.add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(self._key.public_key())
        certificate = builder.add_extension(identifier, critical=False).sign(self._key, SHA256())
        path = self.folder / f"{host}.pem"
        private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        path.write_bytes(certificate.public_bytes(Encoding.PEM) + private)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(path)
        return context

    def _builder(self, name, key, until):
        builder = x509.CertificateBuilder().subject_name(name).issuer_name(self._name).public_key(key)
        return (
            builder.serial_number(x509.random_serial_number())
            .not_valid_before(NOW - timedelta(days=30))
            .not_valid_after(until)
        )


class Server:
    """Listens on the loopback; `serve(connection)` has a thread for each connection. `with` ends them all."""

    def __init__(self):
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.met = threading.Event()
        self._open, self._threads = [], []
        self._begin(self._accept)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for connection in [self._listener, *self._open]:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
            connection.close()
        for thread in self._threads:
            thread.join(10)

    def serve(self, connection):
        raise NotImplementedError

    def keep(self, connection):
        self._open.append(connection)
        return connection

    def pipe(self, near, far):
        """Pass on both ways until one end closes."""
        self._begin(self._pass, near, far)
        self._pass(far, near)

    def _begin(self, work, *arguments):
        thread = threading.Thread(target=work, args=arguments)
        self._threads.append(thread)
        thread.start()

    def _accept(self):
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._begin(self._serve, self.keep(connection))

    def _serve(self, connection):
        self.met.set()
        with contextlib.suppress(OSError, ValueError):
            self.serve(connection)
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)

    def _pass(self, source, target):
        with contextlib.suppress(OSError, ValueError):
            while data := source.recv(65536):
                target.sendall(data)
        for end in (source, target):
            with contextlib.suppress(OSError, ValueError):
                end.shutdown(socket.SHUT_RDWR)


class Gateway(Server):
    """Speaks TLS in front of a port; without a port it only shakes hands."""

    def __init__(self, context, port=None):
        self._context, self._to = context, port
        super().__init__()

    def serve(self, connection):
        near = self.keep(self._context.wrap_socket(connection, server_side=True))
        if self._to is not None:
            self.pipe(near, self.keep(socket.create_connection(("127.0.0.1", self._to))))


class Socks(Server):
    """A SOCKS5 proxy (RFC 1928) that leads every name to one port; `asked` is who was wanted."""

    def __init__(self, port):
        self._to, self.asked = port, []
        super().__init__()

    def serve(self, connection):
        _version, methods = connection.recv(2)
        connection.recv(methods)
        connection.sendall(b"\x05\x00")
        assert connection.recv(4) == b"\x05\x01\x00\x03"  # the name itself, for the proxy to look up
        self.asked.append(connection.recv(connection.recv(1)[0]).decode())
        connection.recv(2)
        connection.sendall(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00")
        self.pipe(connection, self.keep(socket.create_connection(("127.0.0.1", self._to))))


class Tunnel(Server):
    """An HTTP proxy that answers CONNECT with `line` and then leads to one port."""

    def __init__(self, port, line="200 Connection established"):
        self._to, self._line, self.asked = port, line, []
        super().__init__()

    def serve(self, connection):
        head = read_head(connection)
        self.asked.append(head.split()[1].decode())
        connection.sendall(f"HTTP/1.1 {self._line}\r\nContent-Length: 0\r\n\r\n".encode())
        if self._line.startswith("200"):
            self.pipe(connection, self.keep(socket.create_connection(("127.0.0.1", self._to))))


class Page(Server):
    """Answers every request with the same bytes; a `plain` one does so to a greeting in TLS, as web servers do."""

    def __init__(self, status, body=b"<html>sign in</html>", headers=("Content-Type: text/html",), *, plain=False):
        self._plain = plain
        lines = [f"HTTP/1.1 {status}", *headers, f"Content-Length: {len(body)}", "Connection: close", "", ""]
        self._answer = "\r\n".join(lines).encode()
        self._body = body
        super().__init__()

    def serve(self, connection):
        head = read_head(connection, until=b"\x16\x03" if self._plain else b"\r\n\r\n")
        connection.sendall(self._answer + (b"" if head.startswith(b"HEAD") else self._body))
        connection.shutdown(socket.SHUT_WR)
        while connection.recv(65536):
            pass


class Silent(Server):
    """Takes the connection and never says anything."""

    def serve(self, connection):
        while connection.recv(65536):
            pass


class Dripping(Server):
    """A byte of an answer every now and then: no limit on silence ever ends it."""

    def serve(self, connection):
        read_head(connection)
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
        ended = threading.Event()
        while not ended.wait(0.2):
            connection.sendall(b"x")


def read_head(connection, until=b"\r\n\r\n"):
    head = b""
    while until not in head and (more := connection.recv(65536)):
        head += more
    return head
