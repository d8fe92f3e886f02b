"""Calling vendors over HTTP: pooled connections, one time limit, no redirects, no hosts but those of `addresses`.

Plain http is for hosts that the operator lists: keys and messages leave with a call.
The time limit holds for the whole answer: a vendor that sends a byte every few seconds is too slow all the same.
"""

from __future__ import annotations

import json
import socket
import ssl
import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final
from urllib.parse import urlencode, urlsplit

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError, LocationParseError
from urllib3.response import BaseHTTPResponse, HTTPResponse

from botflow.channels.addresses import Hosts
from botflow.channels.addresses import VendorAddressError as VendorAddressError

TIMEOUT_SECONDS: Final = 15.0
CONNECT_SECONDS: Final = 5.0
ANSWER_BYTES: Final = 1024 * 1024
STREAM_SECONDS: Final = 600.0
"""Longest that a file may take."""
SHORTEST_SECONDS: Final = 0.001
PIECE_BYTES: Final = 64 * 1024
HTTP_PORT: Final = 80
LISTED: Final = "Where plain http is meant, list the host in BOTFLOW_VENDOR_HOSTS."
CONNECTIONS: Final = 16
"""Connections that are kept for each host."""


class VendorUnreachableError(OSError):
    """No answer, or none that can be read: the call may or may not have had its effect. The message has no secrets."""


@dataclass(frozen=True)
class VendorResponse:
    """An answer. Names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def ok(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300

    def json(self) -> Any:
        """The body as JSON, or None where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    @property
    def retry_after(self) -> float | None:
        """Seconds of Retry-After, where they are given as a number."""
        value = self.headers.get("retry-after", "")
        return float(value) if value.isdigit() else None


class VendorHttp:
    """Calls vendors; usable from several threads. `private` lists hosts, or `host:port`, that need not be public.

    `hosts` and `trust` serve channels that speak something else than HTTP.
    """

    def __init__(self, private: Iterable[str] = (), trust: ssl.SSLContext | None = None) -> None:
        self.hosts = allowed = Hosts(private)
        self.trust = trust

        class Plain(_PlainConnection):
            hosts = allowed

        class Secure(_SecureConnection):
            hosts = allowed

        secure = trust or ssl.create_default_context()
        secure.sslsocket_class = _TimedSecureSocket
        self._pools = urllib3.PoolManager(maxsize=CONNECTIONS, retries=False, ssl_context=secure)
        self._pools.pool_classes_by_scheme = {
            "http": type("PlainPool", (urllib3.HTTPConnectionPool,), {"ConnectionCls": Plain}),
            "https": type("SecurePool", (urllib3.HTTPSConnectionPool,), {"ConnectionCls": Secure}),
        }

    def request(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str] | None = None,
        json_body: object = None,
        form: Mapping[str, str] | None = None,
        body: bytes | None = None,
        timeout: float = TIMEOUT_SECONDS,
        plain: bool = False,
    ) -> VendorResponse:
        """Call a vendor, with one of the three kinds of body or none.

        `plain`: nothing secret leaves, so that plain http will do for any public host.

        Raises VendorUnreachableError; VendorAddressError before anything has left.
        """
        sent = dict(headers or {})
        if json_body is not None:
            body = json.dumps(json_body, ensure_ascii=False).encode("utf-8", "replace")
            sent.setdefault("Content-Type", "application/json")
        elif form is not None:
            body = urlencode(form).encode()
            sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
        response = self._opened(method, url, sent, body, timeout, plain=plain)
        try:
            content = response.read(ANSWER_BYTES + 1, decode_content=True)
        except (HTTPError, OSError) as error:
            raise VendorUnreachableError(f"{_host(url)} broke off its answer: {type(error).__name__}") from None
        finally:
            _give_back(response)
        if len(content) > ANSWER_BYTES:
            raise VendorUnreachableError(f"{_host(url)} answered with more than {ANSWER_BYTES:,} bytes")
        return VendorResponse(response.status, _lower(response.headers.items()), content)

    def stream(self, url: str, *, headers: Mapping[str, str] | None = None) -> Iterator[bytes]:
        """The body of a GET in pieces. Raises VendorUnreachableError, also for an answer that is not 2xx."""
        response = self._opened("GET", url, dict(headers or {}), None, TIMEOUT_SECONDS)
        try:
            if not 200 <= response.status < 300:
                raise VendorUnreachableError(f"{_host(url)} answered {response.status}")
            _grant(response, STREAM_SECONDS)
            yield from response.stream(PIECE_BYTES, decode_content=False)
        except VendorUnreachableError:
            raise
        except (HTTPError, OSError) as error:
            raise VendorUnreachableError(f"{_host(url)} broke off its answer: {type(error).__name__}") from None
        finally:
            response.close()

    def _is_bare(self, url: str) -> bool:
        """Whether everybody on the way could read the call, and the operator does not say that it may be so."""
        parts = urlsplit(url)
        return parts.scheme == "http" and not self.hosts.is_listed(parts.hostname or "", parts.port or HTTP_PORT)

    def close(self) -> None:
        """End every connection that is not in use."""
        self._pools.clear()

    def _opened(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None, timeout: float, *, plain: bool = False
    ) -> BaseHTTPResponse:
        if not _names_a_host(url):
            raise VendorAddressError("The address must begin with http:// or https:// and name a host.")
        if not plain and self._is_bare(url):
            raise VendorAddressError(f"{_host(url)} may be called over https only. {LISTED}")
        limits = urllib3.Timeout(total=timeout, connect=min(CONNECT_SECONDS, timeout))
        try:
            return self._pools.request(
                method, url, headers=headers, body=body, timeout=limits, redirect=False, preload_content=False
            )
        except (HTTPError, LocationParseError, OSError) as error:
            raise VendorUnreachableError(f"{_host(url)} could not be called: {_plainly(error)}") from None


class _Timed:
    """A socket that receives until a moment, however small the pieces are."""

    ends: float | None = None

    def recv_into(self, buffer: Any, nbytes: int | None = None, flags: int = 0) -> int:
        """As a socket does it. Raises TimeoutError."""
        if self.ends is not None:
            self.settimeout(max(self.ends - time.monotonic(), SHORTEST_SECONDS))  # type: ignore[attr-defined]  # of the socket that this is mixed with
        return super().recv_into(buffer, nbytes or 0, flags)  # type: ignore[misc, no-any-return]  # likewise


class _TimedSocket(_Timed, socket.socket):
    pass


class _TimedSecureSocket(_Timed, ssl.SSLSocket):
    pass


class _CheckedConnection(HTTPConnection):
    """A connection that goes to the address that was checked, under the name that was asked for."""

    hosts: ClassVar[Hosts] = Hosts()
    _dns_host: str
    answering: _Timed | None = None

    def _new_conn(self) -> socket.socket:
        """Resolve the name, once. Raises VendorAddressError, OSError."""
        name = self._dns_host
        self._dns_host = self.hosts.resolve(self.host, self.port)[0]
        try:
            opened = super()._new_conn()
        finally:
            self._dns_host = name  # which certificates are checked against, and the header Host names
        timed = _TimedSocket(opened.family, opened.type, opened.proto, opened.detach())
        timed.settimeout(opened.timeout)
        return timed

    def getresponse(self) -> HTTPResponse:  # type: ignore[override]  # its base is http.client's as well
        """The answer, all of which has to come within the timeout."""
        assert isinstance(self.sock, _Timed)
        self.answering = self.sock
        self.answering.ends = time.monotonic() + float(self.timeout or TIMEOUT_SECONDS)
        return super().getresponse()


class _PlainConnection(_CheckedConnection):
    pass


class _SecureConnection(_CheckedConnection, HTTPSConnection):
    pass


def _grant(response: BaseHTTPResponse, seconds: float) -> None:
    """Let the rest of an answer take so long."""
    connection = response.connection
    if isinstance(connection, _CheckedConnection) and connection.answering is not None:
        connection.answering.ends = time.monotonic() + seconds


def _give_back(response: BaseHTTPResponse) -> None:
    """Keep the connection for the next call where the answer was read whole."""
    if response.closed or response.length_remaining in (0, None):
        response.release_conn()
    else:
        response.close()


def _lower(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    return {name.lower(): value for name, value in headers}


def _names_a_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that hold no IPv6 address, or a port that is no number
        return False


def _host(url: str) -> str:
    return urlsplit(url).hostname or "the vendor"


def _plainly(error: Exception) -> str:
    """What went wrong without the address, which may hold a key."""
    return type(getattr(error, "reason", None) or error).__name__
