"""The HTTP broker: what it lets scripts call, and what it sends (findings: code sandbox)."""
# ruff: noqa: E501 - rows of tables stay on one line

from __future__ import annotations

import gzip
import ipaddress
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from botflow_runtime.sandbox import CallError, CodeRequest, CodeRunner, HttpBroker, HttpCall, HttpResponse
from botflow_runtime.sandbox.addresses import is_public
from botflow_runtime.sandbox.limits import RESPONSE_BYTES

PUBLIC = ["1.1.1.1", "93.184.215.14", "2606:4700::1111", "2a00:1450:4001::1"]
PRIVATE = [
    "0.0.0.0", "10.0.0.1", "100.64.0.1", "127.0.0.1", "127.1.2.3", "169.254.169.254", "172.16.0.1", "192.0.0.1", "192.0.2.1", "192.168.1.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "::", "::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8",
    "::127.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1", "2002:a00:1::1", "2002:808:808::1", "fc00::1", "fd00:ec2::254",
    "fe80::1", "fec0::1", "ff02::1", "3fff::1",
]  # fmt: skip


@pytest.mark.parametrize("address", PUBLIC)
def test_a_public_address_is_public(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_everybodys_is_not_public(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


class Server(ThreadingHTTPServer):
    """A small site on this machine that remembers what it was asked."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Site)
        self.seen: list[tuple[str, str, dict[str, str], str]] = []
        self.port: int = self.server_address[1]
        self.where = ""

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"


class Site(BaseHTTPRequestHandler):
    server: Server

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.server.seen.append((self.command, self.path, headers, body))
        name, _, rest = self.path.strip("/").partition("/")
        getattr(self, f"page_{name}", self.page_other)(rest)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = answer  # noqa: N815 - names that http.server calls

    def send(self, status: int, content: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for header, value in headers.items():
            self.send_header(header.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def page_other(self, rest: str) -> None:
        self.send(200, json.dumps({"path": self.path}).encode(), Content_Type="application/json")

    def page_status(self, rest: str) -> None:
        self.send(int(rest), b"as you wish")

    def page_redirect(self, rest: str) -> None:
        status, _, where = rest.partition("/")
        self.send(int(status), Location=where.replace("PORT", str(self.server.port)))

    def page_moved(self, rest: str) -> None:
        self.send(302, Location=self.server.where)

    def page_parameters(self, rest: str) -> None:
        self.send(200, b"x", Content_Type="text/plain; charset*=a; charset*0=b")

    def page_around(self, rest: str) -> None:
        self.send(302, Location="/around/" + str(int(rest or 0) + 1))

    def page_large(self, rest: str) -> None:
        self.send(200, b"x" * (RESPONSE_BYTES + int(rest)))

    def page_endless(self, rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        self.drip(b"x" * 65536, 0)

    def page_slow(self, rest: str) -> None:
        self.send_response(200)
        self.end_headers()
        self.drip(b"x", 0.05)

    def page_slowheader(self, rest: str) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
        self.drip(b"x", 0.05)

    def drip(self, piece: bytes, pause: float) -> None:
        try:
            while True:
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(pause)
        except OSError:
            self.close_connection = True

    def page_latin(self, rest: str) -> None:
        self.send(200, "ñ".encode("latin-1"), Content_Type="text/plain; charset=latin-1")

    def page_unknown(self, rest: str) -> None:
        self.send(200, "ñ".encode(), Content_Type=f"text/plain; charset={rest}")

    def page_zip(self, rest: str) -> None:
        self.send(200, gzip.compress(b"x"), Content_Encoding="gzip")

    def page_garbage(self, rest: str) -> None:
        self.wfile.write(b"this is not HTTP\r\n\r\n")
        self.close_connection = True

    def log_message(self, format: str, *values: Any) -> None:
        pass


@pytest.fixture(scope="module")
def one_server() -> Iterator[Server]:
    with Server() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def server(one_server: Server) -> Server:
    one_server.seen.clear()
    return one_server


@pytest.fixture(scope="module")
def local() -> Iterator[HttpBroker]:
    broker = HttpBroker(["127.0.0.1", "localhost", "*.test.example"], allow_loopback=True)
    yield broker
    broker.close()


def get(url: str, **fields: Any) -> HttpCall:
    return HttpCall("run-1", fields.pop("method", "GET"), url, **fields)


# which hosts


ALLOWED = [
    (["api.example.com"], "https://api.example.com/x", True),
    (["API.example.com."], "https://Api.Example.COM./x", True),
    (["api.example.com"], "https://api.example.com.evil.example/", False),
    (["api.example.com"], "https://evil.example/?api.example.com", False),
    (["api.example.com"], "https://evil.example#@api.example.com/", False),
    (["*.example.com"], "https://a.b.example.com/", True),
    (["*.example.com"], "https://example.com/", False),
    (["*.example.com"], "https://evilexample.com/", False),
    (["*"], "https://anything.example/", True),
    (["münchen.example"], "https://xn--mnchen-3ya.example/", False),
    (["xn--mnchen-3ya.example"], "https://münchen.example/", True),
    ([], "https://api.example.com/", False),
]


@pytest.mark.parametrize(("allow", "url", "allowed"), ALLOWED)
def test_only_allowed_hosts_are_called(
    allow: list[str], url: str, allowed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("10.0.0.1", 443))])
    with pytest.raises(CallError) as error:
        HttpBroker(allow)(get(url))
    expected = "10.0.0.1 is not a public address" if allowed else "add it to the allowed hosts"
    assert expected in str(error.value)


def test_the_refusal_says_how_to_allow() -> None:
    with pytest.raises(CallError, match=r"scripts may not call a\.example: add it to the allowed hosts \(none yet\)"):
        HttpBroker()(get("https://a.example/"))
    with pytest.raises(CallError, match=r"add it to the allowed hosts \(b\.example, \*\.c\.example\)"):
        HttpBroker(["b.example", "*.c.example"])(get("https://a.example/"))


REFUSED = [
    ("ftp://a.example/", "has to begin with https:// or http://"),
    ("file:///etc/passwd", "has to begin with https:// or http://"),
    ("gopher://a.example/", "has to begin with https:// or http://"),
    ("javascript:alert(1)", "has to begin with https:// or http://"),
    ("//a.example/", "has to begin with https:// or http://"),
    ("", "has to begin with https:// or http://"),
    ("http://", "has to begin with https:// or http://"),
    ("http://[::1", "has to begin with https:// or http://"),
    ("http://a.example:99999/", "has to begin with https:// or http://"),
    ("https://user:secret@a.example/", "use an Authorization header"),
    ("https://a.example/a b", "has characters that an address has to escape"),
    ("https://a.example/\x7f", "has characters that an address has to escape"),
    ("https://a.example/ñ", "has characters that an address has to escape"),
    (f"https://{'a' * 64}.example/", "is not a host name"),
    ("https://127.0.0.1/", "127.0.0.1 is not a public address"),
    ("https://[::1]/", "::1 is not a public address"),
    ("https://[::ffff:10.0.0.1]/", "is not a public address"),
    ("https://0x7f000001/", "127.0.0.1 is not a public address"),
    ("https://2130706433/", "127.0.0.1 is not a public address"),
    ("https://127.1/", "127.0.0.1 is not a public address"),
    ("https://169.254.169.254/latest/meta-data", "169.254.169.254 is not a public address"),
    ("https://localhost/", "is not a public address"),
    ("https://1.1.1.1:22/", "scripts may call ports 80 and 443 only, not 22"),
    ("https://no-such-name.invalid/", "the name no-such-name.invalid could not be resolved"),
]


@pytest.mark.parametrize(("url", "words"), REFUSED)
def test_an_address_that_may_not_be_called_is_refused_with_a_sentence(url: str, words: str) -> None:
    with pytest.raises(CallError) as error:
        HttpBroker(["*"])(get(url))
    assert words in str(error.value)


def test_a_name_with_one_private_address_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", ("1.1.1.1", 443)), (2, 1, 6, "", ("192.168.0.1", 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(CallError, match=r"192\.168\.0\.1 is not a public address"):
        HttpBroker(["*"])(get("https://a.example/"))


def test_loopback_is_for_those_who_ask_for_it_only(server: Server) -> None:
    with pytest.raises(CallError, match="not a public address"):
        HttpBroker(["127.0.0.1"])(get(server.url("/")))
    with pytest.raises(CallError, match=r"10\.0\.0\.1 is not a public address"):
        HttpBroker(["*"], allow_loopback=True)(get("http://10.0.0.1/"))
    assert not server.seen


class Names:
    """A name server that answers each question about a name with the next of its addresses."""

    def __init__(self, *addresses: str) -> None:
        self.addresses = list(addresses)
        self.numeric = socket.getaddrinfo

    def __call__(self, host: str, *rest: Any, **named: Any) -> Any:
        return self.numeric(self.addresses.pop(0) if host.endswith(".example") else host, *rest, **named)


def test_the_checked_address_is_the_called_one(
    server: Server, local: HttpBroker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A name whose address changes between check and call (DNS rebinding) is asked about once only."""
    names = Names("127.0.0.1", "127.0.0.2")
    monkeypatch.setattr(socket, "getaddrinfo", names)
    assert local(get(server.url("/x", host="api.test.example"))).status == 200
    assert server.seen[0][2]["host"] == f"api.test.example:{server.port}"
    assert names.addresses == ["127.0.0.2"]


class Unencrypted(ssl.SSLContext):
    """A TLS context that encrypts nothing and remembers the names that it was asked to verify."""

    names: list[str]

    def wrap_socket(self, sock: socket.socket, *_: Any, server_hostname: Any = None, **__: Any) -> Any:
        self.names.append(server_hostname)
        return sock


def test_tls_verifies_the_name_and_not_the_address(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    trust = Unencrypted(ssl.PROTOCOL_TLS_CLIENT)
    trust.names = []
    monkeypatch.setattr(socket, "getaddrinfo", Names("127.0.0.1"))
    broker = HttpBroker(["api.test.example"], allow_loopback=True, trust=trust)
    assert broker(get(f"https://api.test.example:{server.port}/x")).status == 200
    assert trust.names == ["api.test.example"]


def test_the_systems_trust_is_used_with_names_checked() -> None:
    trust = HttpBroker()._trust
    assert trust.check_hostname
    assert trust.verify_mode == ssl.CERT_REQUIRED


# what is sent and what comes back


def test_a_call_is_sent_as_it_is_asked_for(server: Server, local: HttpBroker) -> None:
    call = get(server.url("/a/b?x=1&y=%20"), method="POST", headers={"X-Own": "é", "content-type": "text/x"}, body="ñ")
    assert local(call).status == 200
    ((method, path, headers, body),) = server.seen
    assert (method, path, body) == ("POST", "/a/b?x=1&y=%20", "ñ")
    assert headers == {
        "host": f"127.0.0.1:{server.port}",
        "x-own": "é",
        "content-type": "text/x",
        "content-length": "2",
        "idempotency-key": "run-1",
        "user-agent": "botflow",
        "accept-encoding": "identity",
    }


def test_a_script_can_choose_its_own_key_and_agent(server: Server, local: HttpBroker) -> None:
    local(get(server.url("/"), headers={"Idempotency-Key": "mine", "User-Agent": "me"}))
    assert server.seen[0][2]["idempotency-key"] == "mine"
    assert server.seen[0][2]["user-agent"] == "me"


def test_a_run_id_can_be_any_text(server: Server, local: HttpBroker) -> None:
    local(HttpCall("évent:1\n", "GET", server.url("/")))
    assert server.seen[0][2]["idempotency-key"] == "%C3%A9vent:1%0A"


def test_headers_of_the_connection_are_not_the_scripts(server: Server, local: HttpBroker) -> None:
    own = dict.fromkeys(
        ("Host", "Connection", "Transfer-Encoding", "Content-Length", "Proxy-Authorization", "TE", "Upgrade"), "x"
    )
    local(get(server.url("/"), headers=own))
    headers = server.seen[0][2]
    assert headers["host"] == f"127.0.0.1:{server.port}"
    assert not {"connection", "transfer-encoding", "proxy-authorization", "te", "upgrade"} & set(headers)


@pytest.mark.parametrize(
    ("name", "value"),
    [("A\r\nB", "x"), ("A", "x\r\nB: y"), ("A", "x\ny"), ("", "x"), ("A B", "x"), ("A", "😀"), ("A:", "x")],
)
def test_a_header_that_would_be_more_than_one_is_refused(
    server: Server, local: HttpBroker, name: str, value: str
) -> None:
    with pytest.raises(CallError, match="is not a header that HTTP can carry"):
        local(get(server.url("/"), headers={name: value}))
    assert not server.seen


def test_a_response_is_read_as_its_character_set_says(server: Server, local: HttpBroker) -> None:
    assert local(get(server.url("/latin"))).text == "ñ"
    for charset in ("nonsense", "undefined", "idna", "PUNYCODE", "a%00b"):
        assert local(get(server.url(f"/unknown/{charset}"))).text == "ñ"
    assert local(get(server.url("/zip"))).status == 200


@pytest.mark.parametrize("status", [204, 400, 404, 500])
def test_a_status_is_no_error(server: Server, local: HttpBroker, status: int) -> None:
    assert local(get(server.url(f"/status/{status}"))).status == status


def test_header_names_come_back_in_small_letters(server: Server, local: HttpBroker) -> None:
    assert local(get(server.url("/x"))).headers["content-type"] == "application/json"


def test_the_environment_names_no_proxy(server: Server, local: HttpBroker, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert local(get(server.url("/"))).status == 200


# redirects


REDIRECTED = [
    (301, "POST", "GET", ""), (302, "POST", "GET", ""), (303, "POST", "GET", ""), (303, "PUT", "GET", ""), (307, "POST", "POST", "body"),
    (308, "PATCH", "PATCH", "body"), (301, "PUT", "PUT", "body"), (302, "GET", "GET", ""),
]  # fmt: skip


@pytest.mark.parametrize(("status", "method", "then", "body"), REDIRECTED)
def test_a_redirect_is_followed(
    server: Server, local: HttpBroker, status: int, method: str, then: str, body: str
) -> None:
    call = get(server.url(f"/redirect/{status}//landed"), method=method, body="body" if method != "GET" else None)
    assert json.loads(local(call).text) == {"path": "/landed"}
    assert (server.seen[1][0], server.seen[1][3]) == (then, body)


REDIRECTS_TO = [
    ("http://10.0.0.1/", "scripts may not call 10.0.0.1"),
    ("http://elsewhere.example/", "scripts may not call elsewhere.example"),
    ("file:///etc/passwd", "has to begin with https:// or http://"),
    ("ftp://127.0.0.1/", "has to begin with https:// or http://"),
]


@pytest.mark.parametrize(("where", "words"), REDIRECTS_TO)
def test_a_redirect_is_checked_like_a_call(server: Server, local: HttpBroker, where: str, words: str) -> None:
    with pytest.raises(CallError) as error:
        local(get(server.url(f"/redirect/302/{where}")))
    assert words in str(error.value)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("http://[::1", "redirects to something that is no address"),
        ("//[", "redirects to something that is no address"),
        ("http://127.0.0.1:99999/", "is not an address that scripts can call"),
        ("/" + "x" * 9000, "redirects to an address of more than 8,000 characters"),
    ],
)
def test_a_redirect_to_what_is_no_address_is_an_error_of_the_call(
    server: Server, local: HttpBroker, where: str, words: str
) -> None:
    server.where = where
    with pytest.raises(CallError, match=words):
        local(get(server.url("/moved")))


def test_whatever_a_server_says_is_an_error_of_the_call_at_worst(server: Server, local: HttpBroker) -> None:
    """Parameters of a header that begin both with and without a number are more than email.message can read."""
    with pytest.raises(CallError, match="could not be called"):
        local(get(server.url("/parameters")))


def test_secrets_do_not_follow_a_redirect_out_of_tls(server: Server) -> None:
    trust = Unencrypted(ssl.PROTOCOL_TLS_CLIENT)
    trust.names = []
    broker = HttpBroker(["127.0.0.1"], allow_loopback=True, trust=trust)
    url = f"https://127.0.0.1:{server.port}/redirect/302/http://127.0.0.1:PORT/x"
    broker(get(url, headers={"Authorization": "s", "Cookie": "c", "X-Other": "o"}))
    broker.close()
    open_call = server.seen[1][2]
    assert (open_call.get("authorization"), open_call.get("cookie"), open_call["x-other"]) == (None, None, "o")


def test_secrets_do_not_follow_a_redirect_to_another_host(server: Server, local: HttpBroker) -> None:
    secret = {"Authorization": "s", "Cookie": "c", "X-Other": "o"}
    local(get(server.url("/redirect/302/http://localhost:PORT/x"), headers=secret))
    local(get(server.url("/redirect/302//x"), headers=secret))
    elsewhere, same = server.seen[1][2], server.seen[3][2]
    assert (elsewhere.get("authorization"), elsewhere.get("cookie"), elsewhere["x-other"]) == (None, None, "o")
    assert (same["authorization"], same["cookie"]) == ("s", "c")


def test_redirects_end(server: Server, local: HttpBroker) -> None:
    with pytest.raises(CallError, match="redirects more than 5 times"):
        local(get(server.url("/around")))
    assert len(server.seen) == 6


# limits


def test_a_response_can_be_as_large_as_the_limit_and_no_larger(server: Server, local: HttpBroker) -> None:
    assert len(local(get(server.url("/large/0"))).text) == RESPONSE_BYTES
    for path in ("/large/1", "/endless"):
        with pytest.raises(CallError, match="has more than 1,000,000 bytes"):
            local(get(server.url(path)))


@pytest.mark.parametrize("path", ["/slow", "/slowheader"])
def test_a_response_that_trickles_in_runs_out_of_time(server: Server, local: HttpBroker, path: str) -> None:
    started = time.monotonic()
    with pytest.raises(CallError, match=r"127\.0\.0\.1 did not answer within 0\.3 s"):
        local(get(server.url(path), timeout=0.3))
    assert time.monotonic() - started < 3


def test_a_name_that_takes_too_long_to_resolve_runs_out_of_time(monkeypatch: pytest.MonkeyPatch) -> None:
    done = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: done.wait(10) and [])
    with pytest.raises(CallError, match=r"the name a\.example could not be resolved in time"):
        HttpBroker(["*"])(get("https://a.example/", timeout=0.1))
    done.set()


def test_a_server_that_is_not_there_or_speaks_nonsense_is_named(server: Server, local: HttpBroker) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(CallError, match=r"127\.0\.0\.1 could not be called: .*refused"):
            local(get(f"http://127.0.0.1:{unused.getsockname()[1]}/"))
    with pytest.raises(CallError, match=r"127\.0\.0\.1 could not be called"):
        local(get(server.url("/garbage")))


def test_scripts_call_through_the_broker(server: Server, local: HttpBroker) -> None:
    source = f"const r = await http.post('{server.url('/x')}', {{json: {{a: 1}}}}); return [r.status, r.json]"
    with CodeRunner(local) as runner:
        result = runner.run(CodeRequest("run-7", "javascript", source))
        refused = runner.run(CodeRequest("run-8", "python", "http.get('https://elsewhere.example/')"))
    assert result.value == [200, {"path": "/x"}]
    assert server.seen[0][3] == '{"a":1}'
    assert server.seen[0][2]["idempotency-key"] == "run-7"
    assert refused.error
    assert refused.error.message.startswith("scripts may not call elsewhere.example: add it to the allowed hosts")
    assert isinstance(local(get(server.url("/"))), HttpResponse)
