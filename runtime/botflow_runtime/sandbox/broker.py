"""Carrying out the HTTP calls of scripts: to the hosts that an operator allows, and to nothing inside a network."""

from __future__ import annotations

import codecs
import concurrent.futures
import contextlib
import http.client
import ipaddress
import re
import socket
import ssl
import threading
import time
from collections.abc import Iterable
from typing import Final, NamedTuple
from urllib.parse import SplitResult, quote, urljoin, urlsplit

import msgspec

from botflow_runtime.sandbox.addresses import Address, is_public
from botflow_runtime.sandbox.limits import REDIRECTS, RESPONSE_BYTES, URL_CHARACTERS
from botflow_runtime.sandbox.run import CallError, HttpCall, HttpResponse

PORTS: Final = {"http": 80, "https": 443}
IDEMPOTENCY_KEY: Final = "Idempotency-Key"
USER_AGENT: Final = "botflow"
UNQUOTED: Final = "!#$&'*+/:;=?@[]^`| "
RESOLVERS: Final = 8
"""Names that are resolved at the same time, in threads of their own: a lookup cannot be interrupted."""
BETWEEN_HOPS: Final = frozenset(
    {"connection", "content-length", "expect", "host", "keep-alive", "proxy-authenticate", "proxy-authorization"}
    | {"proxy-connection", "te", "trailer", "transfer-encoding", "upgrade"}
)
"""Headers that belong to one connection (RFC 9110 7.6.1): the broker's own to set."""
SECRETS: Final = frozenset({"authorization", "cookie"})
"""Headers that do not follow a redirect to another host, or out of TLS."""
BECOMES_GET: Final = {301: {"POST"}, 302: {"POST"}, 303: {"GET", "POST", "PUT", "PATCH", "DELETE"}}
"""Redirects after which these methods turn into GET without a body (RFC 9110 15.4); 307 and 308 repeat the call."""
REPEATS: Final = frozenset({301, 302, 303, 307, 308})
HOST_NAME_CODECS: Final = frozenset({"idna", "punycode"})
"""Python knows them as character sets, but no response is written in them; a long text takes them minutes."""
HEADER_NAME: Final = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
HEADER_VALUE: Final = re.compile(r"[\t\x20-\x7e\x80-\xff]*")
NOT_ALLOWED: Final = "scripts may not call {host}: add it to the allowed hosts ({allowed})"


class Target(NamedTuple):
    """Where one request goes: the name for Host and TLS, the address that the name had when it was checked."""

    secure: bool
    host: str
    address: str
    port: int
    path: str


class HttpBroker:
    """Carries out calls to allowed hosts. Usable from several threads.

    `allow` holds host names, ``*.example.com`` for all below one, ``*`` for all public hosts; empty allows none.
    A name is resolved once, and the connection goes to that very address, which has to be public; each redirect is
    checked like a call of its own. Only ports 80 and 443. `allow_loopback` is for tests and development: it lets calls
    reach this machine, on any port. `trust` is another TLS context than the system's.
    """

    def __init__(
        self, allow: Iterable[str] = (), *, allow_loopback: bool = False, trust: ssl.SSLContext | None = None
    ) -> None:
        self._allow = tuple(pattern.lower().rstrip(".") for pattern in allow)
        self._allow_loopback = allow_loopback
        self._trust = trust or ssl.create_default_context()
        self._resolvers = concurrent.futures.ThreadPoolExecutor(RESOLVERS, thread_name_prefix="resolve")

    def __call__(self, call: HttpCall) -> HttpResponse:
        """Carry out a call. Raises CallError with a sentence for the script's author."""
        try:
            return self._followed(call)
        except CallError:
            raise
        except Exception as error:  # the last line: no server can say a thing that ends more than its call
            raise CallError(f"{call.url} could not be called: {error!r}") from error

    def close(self) -> None:
        self._resolvers.shutdown(wait=False, cancel_futures=True)

    def _followed(self, call: HttpCall) -> HttpResponse:
        deadline = time.monotonic() + call.timeout
        call = msgspec.structs.replace(call, headers=_checked(call.headers))
        for _ in range(REDIRECTS + 1):
            response = self._once(call, deadline)
            where = response.headers.get("location")
            if response.status not in REPEATS or not where:
                return response
            call = _redirected(call, response.status, where)
        raise CallError(f"{call.url} redirects more than {REDIRECTS} times")

    def _once(self, call: HttpCall, deadline: float) -> HttpResponse:
        target = self._target(call.url, deadline)
        connection = _Connection(target, _left(deadline), self._trust)
        watch = threading.Timer(_left(deadline), connection.cut)  # the time for each read may be renewed byte by byte
        watch.daemon = True
        watch.start()
        try:
            response = _exchanged(connection, target, call)
            if time.monotonic() < deadline:  # a connection that was cut can look like one that ended
                return response
        except (OSError, http.client.HTTPException, ValueError) as error:
            if time.monotonic() < deadline:
                raise CallError(f"{target.host} could not be called: {error or type(error).__name__}") from None
        finally:
            watch.cancel()
            connection.close()
        raise CallError(f"{target.host} did not answer within {call.timeout:g} s")

    def _target(self, url: str, deadline: float) -> Target:
        parts = _parts(url)
        host = _ascii_host(parts)
        if not self._is_allowed(host):
            allowed = ", ".join(self._allow) or "none yet"
            raise CallError(NOT_ALLOWED.format(host=host, allowed=allowed))
        port = parts.port or PORTS[parts.scheme]
        address = self._address(host, port, deadline)
        if port not in PORTS.values() and not (self._allow_loopback and address.is_loopback):
            raise CallError(f"scripts may call ports 80 and 443 only, not {port}")
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        return Target(parts.scheme == "https", host, str(address), port, path)

    def _is_allowed(self, host: str) -> bool:
        return any(
            pattern in ("*", host) or (pattern.startswith("*.") and host.endswith(pattern[1:]))
            for pattern in self._allow
        )

    def _address(self, host: str, port: int, deadline: float) -> Address:
        """The first address of a name, all of which have to be allowed: a name with one foot inside is refused."""
        found = self._resolvers.submit(socket.getaddrinfo, host.strip("[]"), port, type=socket.SOCK_STREAM)
        try:
            addresses = [ipaddress.ip_address(entry[4][0]) for entry in found.result(_left(deadline))]
        except concurrent.futures.TimeoutError:
            raise CallError(f"the name {host} could not be resolved in time") from None
        except (OSError, UnicodeError, ValueError):
            raise CallError(f"the name {host} could not be resolved") from None
        for address in addresses:
            if not is_public(address) and not (self._allow_loopback and address.is_loopback):
                raise CallError(f"scripts may not call {host}: {address} is not a public address")
        return addresses[0]


class _Connection(http.client.HTTPConnection):
    """A connection to the address that was checked, under the name that was asked for."""

    def __init__(self, target: Target, timeout: float, trust: ssl.SSLContext) -> None:
        super().__init__(target.host, target.port, timeout=timeout)
        self._target = target
        self._trust = trust
        self._connected: socket.socket | None = None  # http.client gives `sock` away when a response has begun
        if target.secure:
            self.default_port = http.client.HTTPS_PORT

    def connect(self) -> None:
        self.sock = self._connected = socket.create_connection((self._target.address, self._target.port), self.timeout)
        if self._target.secure:
            self.sock = self._trust.wrap_socket(self.sock, server_hostname=self._target.host.strip("[]"))
            self._connected = self.sock

    def cut(self) -> None:
        """End the connection from another thread; whoever reads from it gets an error."""
        if self._connected is not None:
            with contextlib.suppress(OSError):  # it has ended already
                self._connected.shutdown(socket.SHUT_RDWR)


def _exchanged(connection: _Connection, target: Target, call: HttpCall) -> HttpResponse:
    body = None if call.body is None else call.body.encode()
    connection.request(call.method, target.path, body, _sent_headers(call))
    response = connection.getresponse()
    content = response.read(RESPONSE_BYTES + 1)
    if len(content) > RESPONSE_BYTES:
        raise CallError(f"the response of {target.host} has more than {RESPONSE_BYTES:,} bytes")
    headers = {name.lower(): value for name, value in response.getheaders()}
    charset = response.headers.get_content_charset("utf-8")
    return HttpResponse(response.status, headers, _text(content, charset))


def _text(content: bytes, charset: str) -> str:
    with contextlib.suppress(LookupError, ValueError):  # a character set that nobody knows
        if codecs.lookup(charset).name not in HOST_NAME_CODECS:
            return content.decode(charset, "replace")
    return content.decode("utf-8", "replace")


def _sent_headers(call: HttpCall) -> dict[str, str]:
    given = {name.lower() for name in call.headers}
    own = {IDEMPOTENCY_KEY: quote(call.run_id, safe=UNQUOTED), "User-Agent": USER_AGENT, "Accept-Encoding": "identity"}
    return {**{name: value for name, value in own.items() if name.lower() not in given}, **call.headers}


def _checked(headers: dict[str, str]) -> dict[str, str]:
    """The headers of a script without those that are the connection's. Raises CallError for what is none."""
    for name, value in headers.items():
        if not HEADER_NAME.fullmatch(name) or not HEADER_VALUE.fullmatch(value):
            raise CallError(
                f"{name!r} is not a header that HTTP can carry: letters, digits and dashes, and no line breaks"
            )
    return {name: value for name, value in headers.items() if name.lower() not in BETWEEN_HOPS}


def _redirected(call: HttpCall, status: int, where: str) -> HttpCall:
    try:
        url = urljoin(call.url, where)
        moves = urlsplit(url)[:2] != urlsplit(call.url)[:2]
    except ValueError:
        raise CallError(f"{call.url} redirects to something that is no address") from None
    if len(url) > URL_CHARACTERS:
        raise CallError(f"{call.url} redirects to an address of more than {URL_CHARACTERS:,} characters")
    headers = dict(call.headers)
    if moves:
        headers = {name: value for name, value in headers.items() if name.lower() not in SECRETS}
    if call.method in BECOMES_GET.get(status, ()):
        headers = {name: value for name, value in headers.items() if name.lower() != "content-type"}
        return msgspec.structs.replace(call, method="GET", url=url, headers=headers, body=None)
    return msgspec.structs.replace(call, url=url, headers=headers)


def _parts(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        valid = parts.scheme in PORTS and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        valid = False
    if not valid:
        raise CallError(f"{url!r} is not an address that scripts can call: it has to begin with https:// or http://")
    if "@" in parts.netloc:
        raise CallError("a user name in an address is not sent: use an Authorization header")
    if any(character <= " " or character >= "\x7f" for character in parts.path + parts.query):
        raise CallError(f"{url!r} has characters that an address has to escape")
    return parts


def _ascii_host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if ":" in host:
        return f"[{host}]"
    try:
        return host.encode("idna").decode().lower()
    except UnicodeError:
        raise CallError(f"{host!r} is not a host name") from None


def _left(deadline: float) -> float:
    return max(deadline - time.monotonic(), 0.001)
