"""Calling vendors: in bounded time, whatever they do, and with connections that are used again."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from botflow.channels import http as channels_http
from botflow.channels.http import ANSWER_BYTES, VendorHttp, VendorUnreachableError

HASTE_SECONDS = 0.3
WAIT_SECONDS = 10.0
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"

Talk = Callable[[socket.socket], None]


@contextmanager
def vendor(talk: Talk, tls: ssl.SSLContext | None = None) -> Iterator[str]:
    """A vendor that does with its connections what the test says; its address."""
    listener = socket.create_server(("127.0.0.1", 0))
    listener.settimeout(WAIT_SECONDS)

    def serve() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=speak, args=(line,), daemon=True).start()

    def speak(line: socket.socket) -> None:
        line.settimeout(WAIT_SECONDS)
        try:
            spoken = tls.wrap_socket(line, server_side=True) if tls else line
            with spoken:
                talk(spoken)
        except OSError:
            return  # the caller has gone

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"{'https' if tls else 'http'}://localhost:{listener.getsockname()[1]}/"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join()


def drip(text: bytes, seconds: float = 0.05) -> Talk:
    """Answer byte by byte."""

    def talk(line: socket.socket) -> None:
        line.recv(65536)
        for byte in text:
            line.sendall(bytes([byte]))
            time.sleep(seconds)

    return talk


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """What a vendor at `localhost` shows, and what trusts it."""
    folder: Path = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = certificate.public_bytes(serialization.Encoding.PEM)
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "vendor.pem").write_bytes(pem + secret)
    shows = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    shows.load_cert_chain(folder / "vendor.pem")
    return shows, ssl.create_default_context(cadata=pem.decode())


SLOW = {
    "no answer": lambda line: time.sleep(2),
    "slow header": drip(b"HTTP/1.1 200 OK\r\nX-Slow: " + b"x" * 60 + b"\r\n\r\n"),
    "slow body": drip(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n" + b"x" * 40, 0.02),
    "slow chunks": drip(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"1\r\nx\r\n" * 20, 0.02),
}


@pytest.mark.parametrize("talk", SLOW.values(), ids=SLOW)
def test_an_answer_has_to_come_whole_in_time(talk: Talk) -> None:
    http = VendorHttp(["localhost"])
    with vendor(talk) as url:
        begun = time.monotonic()
        with pytest.raises(VendorUnreachableError):
            http.request("GET", url, timeout=HASTE_SECONDS)
        assert time.monotonic() - begun < HASTE_SECONDS * 2


def test_so_it_has_with_tls(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    shows, trust = tls
    http = VendorHttp(["localhost"], trust)
    with vendor(SLOW["slow body"], shows) as url:
        begun = time.monotonic()
        with pytest.raises(VendorUnreachableError):
            http.request("GET", url, timeout=HASTE_SECONDS)
        assert time.monotonic() - begun < HASTE_SECONDS * 2


def test_a_vendor_is_called_with_tls_that_is_trusted(tls: tuple[ssl.SSLContext, ssl.SSLContext]) -> None:
    shows, trust = tls
    received: list[bytes] = []

    def talk(line: socket.socket) -> None:
        received.append(line.recv(65536))
        line.sendall(OK)

    with vendor(talk, shows) as url:
        http = VendorHttp(["localhost"], trust)
        for _ in range(2):  # the second time on a connection that was closed meanwhile
            assert http.request("GET", url).json() == {}
            time.sleep(0.05)
        with pytest.raises(VendorUnreachableError):
            VendorHttp(["localhost"]).request("GET", url)
        with pytest.raises(VendorUnreachableError):
            VendorHttp(["127.0.0.1"], trust).request("GET", url.replace("localhost", "127.0.0.1"))
    assert all(b"Host: localhost:" in request for request in received)
    assert len(received) == 2


def test_a_file_may_take_longer_than_an_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels_http, "TIMEOUT_SECONDS", 0.2)
    text = b"HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\n"

    def talk(line: socket.socket) -> None:
        line.recv(65536)
        line.sendall(text)
        for _ in range(20):
            line.sendall(b"x")
            time.sleep(0.02)

    with vendor(talk) as url:
        assert b"".join(VendorHttp(["localhost"]).stream(url)) == b"x" * 20


def test_but_not_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(channels_http, "STREAM_SECONDS", 0.2)
    with vendor(SLOW["slow body"]) as url, pytest.raises(VendorUnreachableError):
        list(VendorHttp(["localhost"]).stream(url))


def test_connections_are_used_again_each_with_its_own_time() -> None:
    lines: list[socket.socket] = []

    def talk(line: socket.socket) -> None:
        lines.append(line)
        while line.recv(65536):
            time.sleep(0.05)
            line.sendall(OK)

    http = VendorHttp(["localhost"])
    with vendor(talk) as url:
        for _ in range(4):
            assert http.request("GET", url, timeout=0.15).ok
        http.close()
    assert len(lines) == 1


def test_an_answer_that_is_too_long_is_none() -> None:
    def talk(line: socket.socket) -> None:
        line.recv(65536)
        line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + b"x" * (ANSWER_BYTES + 10))

    with vendor(talk) as url, pytest.raises(VendorUnreachableError, match="more than"):
        VendorHttp(["localhost"]).request("GET", url)


def test_half_a_surrogate_pair_does_not_keep_a_message_from_leaving() -> None:
    received: list[bytes] = []

    def talk(line: socket.socket) -> None:
        request = b""
        while not request.endswith(b"}"):
            request += line.recv(65536)
        received.append(request)
        line.sendall(OK)

    with vendor(talk) as url:
        assert VendorHttp(["localhost"]).request("POST", url, json_body={"text": "a\ud83db"}).ok
    assert received[0].endswith(b'{"text": "a?b"}')
