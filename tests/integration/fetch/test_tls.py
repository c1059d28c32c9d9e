"""A pinned connection is a real TLS connection to the host that was named."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from precall.fetch import FetchFailed, wire
from precall.fetch.resolver import system_resolve
from precall.fetch.wire import Wire

pytestmark = pytest.mark.integration
HOSTS = ["acme.example", "other.example"]


class Server(ThreadingHTTPServer):
    """Counts connections and notes the names that clients ask for in TLS and in HTTP."""

    daemon_threads = True

    def __init__(self, certificate: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.connections = 0
        self.asked: list[tuple[str | None, str]] = []
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        context.sni_callback = self._named
        self.socket = context.wrap_socket(self.socket, server_side=True)

    def _named(self, sock: ssl.SSLObject, name: str | None, _: ssl.SSLContext) -> None:
        self.connections += 1
        self.asked.append((name, ""))

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that does not like the certificate is no error here."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        assert isinstance(self.server, Server)
        self.server.asked.append((None, self.headers["host"]))
        self.send_response(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: object) -> None:
        """Silent."""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    certificate = tmp_path / "cert.pem"
    certificate.write_bytes(_certificate(HOSTS))
    trusting = ssl.create_default_context(cafile=str(certificate))
    monkeypatch.setattr(wire, "_tls", lambda: trusting)
    monkeypatch.setattr(wire, "public_addresses", _loopback)
    with _running(Server(certificate)) as running:
        yield running


async def _loopback(host: str, resolve: object) -> tuple[str, ...]:
    return ("127.0.0.1",)


@contextmanager
def _running(server: Server) -> Iterator[Server]:
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def _certificate(hosts: list[str]) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "test")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in hosts]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return secret + certificate.public_bytes(serialization.Encoding.PEM)


async def _get(client: Wire, server: Server, host: str) -> bytes:
    response = await client.send(httpx.URL(f"https://{host}:{server.server_address[1]}/"), {})
    body = await response.aread()
    await response.aclose()
    return body


async def test_the_hosts_name_is_in_tls_and_http_and_the_connection_is_kept(server: Server) -> None:
    client = Wire("test", system_resolve, None, None)
    assert [await _get(client, server, "acme.example") for _ in range(3)] == [b"ok"] * 3
    await client.close()
    assert server.connections == 1
    assert server.asked[0] == ("acme.example", "")
    assert server.asked[1][1] == f"acme.example:{server.server_address[1]}"


async def test_two_hosts_at_one_address_do_not_share_a_connection(server: Server) -> None:
    client = Wire("test", system_resolve, None, None)
    for host in HOSTS:
        assert await _get(client, server, host) == b"ok"
    await client.close()
    assert [name for name, _ in server.asked if name] == HOSTS


async def test_a_certificate_for_another_host_is_refused(server: Server) -> None:
    client = Wire("test", system_resolve, None, None)
    with pytest.raises(FetchFailed, match="takes no connection"):
        await _get(client, server, "impostor.example")
    await client.close()
    assert not [host for _, host in server.asked if host]
