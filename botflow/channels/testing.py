"""The suite that every adapter passes, over real sockets, driven by tables.

A channel of botflow adds one file, `tests/channels/tables/NAME.py` (NAME is the adapter's), that holds `TABLES`;
tests/channels/test_every_channel.py finds it, and fails where it is missing. A channel of yours has a test module with

    TestPigeonPost = channel_suite(TABLES, PigeonPost, SimulatedPigeonPost)

PigeonPost is called with a VendorHttp, SimulatedPigeonPost is an HttpVendor or a LineVendor (vendor_sim/contract.py).
Tables name what goes out and what comes in as values, so that a reader sees the wire:

    TABLES = Tables(
        contact="+34600000001",
        sent=[Sent("text", {"type": "text", "text": "Hi"}, [{"kind": "text", "body": "Hi"}])],
        said=[Said("full", 507, {"error": "full"}, RetryLater)],
        signature=Signature("x-pigeon-signature", "sha256", "hex", lambda account: account.credentials.key...),
        webhooks=[Webhook("text", {"from": ...}, [Inbound(...)])],
    )

`Sent.taken` is what the simulated vendor puts into `Taken.content`. The webhooks carry the identity that the simulated
vendor has. A LineVendor is tried with `sent` alone; its protocol wants tests of its own.

What is tried: each content as the vendor gets it; each of the vendor's answers as the result it means; a signature that
is right, and a dozen that are wrong; each webhook as events; bodies that are broken, huge, deep, of wrong types, and
whatever hypothesis makes of the good ones; a vendor that hangs, is slow, is gone, or repeats our secrets. What comes
out may be stored (no NUL, no half surrogate pair, whole numbers of 64 bits), and nothing that is raised, logged,
returned or printed holds a secret.
"""

from __future__ import annotations

import base64
import copy
import hashlib
import hmac
import json
import math
import socket
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import partial
from typing import Any, ClassVar, Final, Literal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError
from structlog.testing import capture_logs

from botflow.channels.contract import (
    SEND_SECONDS,
    Accepted,
    Account,
    ChannelAdapter,
    ChannelEvent,
    InvalidPayloadError,
    Outbound,
    Refused,
    RetryLater,
    SendResult,
    SignatureError,
    WebhookAnswer,
    WebhookRequest,
    secrets_of,
)
from botflow.channels.http import VendorHttp, VendorResponse
from botflow.vendor_sim.contract import Answer, HttpVendor, LineVendor
from botflow.vendor_sim.server import Simulator
from botflow.vendor_sim.stand import HttpStand, LineStand
from botflow_runtime.content import CHANNELS

HASTE_SECONDS: Final = 0.3
"""How long the suite lets a call wait that would wait for long."""
WAIT_SECONDS: Final = 10.0
LONGEST_INTEGER: Final = 2**63
EXAMPLES: Final = 60
WEBHOOK_URL: Final = "https://bots.example/webhooks/adapter/key"
FORM: Final = "application/x-www-form-urlencoded"

Payload = Mapping[str, Any] | Sequence[Any] | bytes
"""A body: bytes as they are, all else as JSON."""


# ---- the tables --------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sent:
    """Content, and what of it the vendor takes: `Taken.content` of each message, in their order."""

    name: str
    content: Mapping[str, Any]
    taken: Sequence[Any]
    to: str = ""
    """Another contact than that of the tables."""


@dataclass(frozen=True)
class Said:
    """An answer of the vendor, and what it means. `means`: a kind of Refused, or RetryLater, or Accepted."""

    name: str
    status: int
    body: Payload
    means: Literal["permanent", "opted_out", "not_capable", "credentials"] | type[RetryLater] | type[Accepted]
    seconds: float | None = None
    """What RetryLater waits for."""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Signature:
    """How a webhook is signed: an HMAC in a header. The suite makes it twice: itself, and with openssl.

    `covers` gives the bytes that are signed, by default the raw body.
    """

    header: str
    digest: Literal["sha1", "sha256", "sha512"]
    encoding: Literal["hex", "base64"]
    key: Callable[[Account[Any]], str]
    prefix: str = ""
    covers: Callable[[Account[Any], WebhookRequest], bytes] = lambda _, request: request.body
    covers_query: bool = False
    """Whether the query belongs to what is signed."""

    def of(self, digest: bytes) -> str:
        """The value of the header for a digest."""
        return self.prefix + (digest.hex() if self.encoding == "hex" else base64.b64encode(digest).decode())

    def sign(self, account: Account[Any], request: WebhookRequest) -> WebhookRequest:
        """The request, signed."""
        made = hmac.new(self.key(account).encode(), self.covers(account, request), getattr(hashlib, self.digest))
        return self.put(request, self.of(made.digest()))

    def sign_with_openssl(self, account: Account[Any], request: WebhookRequest) -> WebhookRequest:
        """The same by a program that has nothing to do with us."""
        key = f"hexkey:{self.key(account).encode().hex()}"
        command = ["openssl", "dgst", f"-{self.digest}", "-mac", "HMAC", "-macopt", key, "-binary"]
        made = subprocess.run(command, input=self.covers(account, request), capture_output=True, check=True)
        return self.put(request, self.of(made.stdout))

    def put(self, request: WebhookRequest, value: str) -> WebhookRequest:
        """The request with this value in the header."""
        return replace(request, headers={**request.headers, self.header: value})


@dataclass(frozen=True)
class Webhook:
    """A webhook, and what it tells."""

    name: str
    body: Payload
    events: Sequence[ChannelEvent]
    query: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


@dataclass(frozen=True)
class Tables:
    """What an adapter is tried with. Without a signature it has no webhooks."""

    contact: str
    sent: Sequence[Sent]
    said: Sequence[Said] = ()
    signature: Signature | None = None
    webhooks: Sequence[Webhook] = ()
    wrap: Callable[[Payload], Payload] = lambda body: body
    """How a body is packed; `Webhook.body` is what is inside."""
    each_type: bool = True
    """Whether `sent` has each content type of the channel."""


# ---- a sender at a simulated vendor ------------------------------------------------------------------------------


class HastyHttp(VendorHttp):
    """Calls vendors on this machine, and waits for none. It adds up how long the adapter would have waited."""

    def __init__(self) -> None:
        super().__init__(["127.0.0.1"])
        self.granted = 0.0

    def request(self, method: str, url: str, *, timeout: float = 15.0, **arguments: Any) -> VendorResponse:
        """As VendorHttp does it, in haste."""
        self.granted += timeout
        return super().request(method, url, timeout=min(timeout, HASTE_SECONDS), **arguments)


@dataclass
class Bench:
    """An adapter, an account of it, and the vendor."""

    tables: Tables
    http: HastyHttp
    adapter: ChannelAdapter[Any]
    account: Account[Any]
    simulator: Simulator
    stand: HttpStand | LineStand

    def send(self, content: Mapping[str, Any], to: str = "", message_id: str = "message-1") -> SendResult:
        """Send content to the contact."""
        return self.adapter.send(self.account, Outbound(message_id, "sender-1", to or self.tables.contact, content))

    def receive(self, request: WebhookRequest) -> WebhookAnswer:
        """What the adapter makes of a request."""
        return self.adapter.receive(self.account, request)

    def request(self, webhook: Webhook) -> WebhookRequest:
        """The request of a webhook, not signed."""
        return self.posted(webhook.body, webhook.query, webhook.content_type)

    def posted(
        self, body: Payload, query: Mapping[str, str] | None = None, content_type: str = "application/json"
    ) -> WebhookRequest:
        """A request with this body, not signed."""
        packed = self.tables.wrap(body)
        raw = packed if isinstance(packed, bytes) else json.dumps(packed).encode()
        url = self.account.webhook_url + ("?" + "&".join(f"{k}={v}" for k, v in query.items()) if query else "")
        return WebhookRequest("POST", url, query or {}, {"content-type": content_type}, raw)

    @property
    def signature(self) -> Signature:
        """How webhooks are signed."""
        assert self.tables.signature is not None
        return self.tables.signature

    @property
    def http_stand(self) -> HttpStand:
        """The vendor, where it is called over HTTP."""
        assert isinstance(self.stand, HttpStand)
        return self.stand

    def at(self, base_url: str) -> Account[Any]:
        """The account, of a vendor at another address."""
        given = self.http_stand.vendor.credentials(base_url)
        return replace(self.account, credentials=self.adapter.credentials.model_validate(dict(given)))

    def says(self, status: int, body: Payload, headers: Mapping[str, str] | None = None) -> None:
        """Have the vendor answer the next call like this, whatever it is."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        given = {"Content-Type": "application/json", **(headers or {})}
        self.http_stand.scripted.append(Answer(status, raw, given))

    @property
    def secrets(self) -> list[str]:
        """The values that nobody may see."""
        return secrets_of(self.account.credentials)

    def reset(self) -> None:
        """As if nothing had happened."""
        self.http.granted = 0.0
        self.stand.taken.clear()
        self.stand.behave(_CALM)
        if isinstance(self.stand, HttpStand):
            self.stand.scripted.clear()
            self.stand.vendor.forget()


_CALM: Final[Mapping[str, Any]] = {
    "delay_ms": 0,
    "reports": (),
    "errors": 0,
    "hang": 0,
    "lost_answers": 0,
    "throttle": None,
}


def _bench(
    tables: Tables,
    make_adapter: Callable[[VendorHttp], ChannelAdapter[Any]],
    make_vendor: Callable[[], HttpVendor | LineVendor],
) -> Iterator[Bench]:
    http = HastyHttp()
    adapter = make_adapter(http)
    vendor = make_vendor()
    with Simulator([vendor]) as simulator:
        credentials = adapter.credentials.model_validate(dict(simulator.credentials(vendor.name)))
        account = Account("sender-1", vendor.identity, credentials, WEBHOOK_URL, "Europe/Madrid")
        bench = Bench(tables, http, adapter, account, simulator, simulator.stands[vendor.name])
        bench.reset()
        yield bench
        adapter.close()
        http.close()


# ---- the suite ---------------------------------------------------------------------------------------------------


def channel_suite(
    tables: Tables,
    make_adapter: Callable[[VendorHttp], ChannelAdapter[Any]],
    make_vendor: Callable[[], HttpVendor | LineVendor],
) -> type[SendingTests]:
    """A test class for an adapter: of sending, of calls over HTTP where it makes any, of webhooks where it has them."""
    kinds: list[type[SendingTests]] = [SendingTests]
    if not isinstance(make_vendor(), LineVendor):
        kinds.append(CallTests)
    if tables.signature is not None:
        kinds.append(WebhookTests)
    parts = {"tables": tables, "make_adapter": staticmethod(make_adapter), "make_vendor": staticmethod(make_vendor)}
    return type("TestChannel", tuple(reversed(kinds)), parts)


class SendingTests:
    """What every channel does: it sends, and keeps its secrets."""

    tables: ClassVar[Tables]
    make_adapter: ClassVar[Callable[[VendorHttp], ChannelAdapter[Any]]]
    make_vendor: ClassVar[Callable[[], HttpVendor | LineVendor]]

    @pytest.fixture(scope="class")
    @classmethod
    def the_bench(cls) -> Iterator[Bench]:
        """One for all tests of the channel."""
        yield from _bench(cls.tables, cls.make_adapter, cls.make_vendor)

    @pytest.fixture
    def bench(self, the_bench: Bench) -> Bench:
        """The adapter, its account and the vendor, as new."""
        the_bench.reset()
        return the_bench

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Each row of a table is a test."""
        rows: Mapping[str, Sequence[Sent | Said | Webhook]] = {
            "sent": self.tables.sent,
            "said": self.tables.said,
            "webhook": self.tables.webhooks,
        }
        for name, values in rows.items():
            if name in metafunc.fixturenames:
                metafunc.parametrize(name, values, ids=[row.name for row in values])

    def test_content_leaves_as_the_vendor_wants_it(self, bench: Bench, sent: Sent) -> None:
        assert CHANNELS[bench.adapter.channel].problems(sent.content, rendered=True) == []
        result = bench.send(sent.content, sent.to)
        taken = [message for _, message in bench.stand.taken]
        assert [message.content for message in taken] == list(sent.taken)
        assert result == Accepted(tuple(message.vendor_id for message in taken))

    def test_each_content_type_of_the_channel_is_tried(self, bench: Bench) -> None:
        tried = {sent.content["type"] for sent in self.tables.sent}
        assert tried == set(CHANNELS[bench.adapter.channel].types) or not self.tables.each_type

    def test_a_batch_is_answered_in_its_order(self, bench: Bench) -> None:
        content = self.tables.sent[0].content
        messages = [Outbound(f"message-{n}", "sender-1", self.tables.contact, content) for n in range(5)]
        results = bench.adapter.send_batch(bench.account, messages)
        taken = {message.vendor_id for _, message in bench.stand.taken}
        assert {identifier for result in results for identifier in _accepted(result).vendor_ids} == taken
        assert len(results) == 5

    def test_the_credentials_work(self, bench: Bench) -> None:
        checked = bench.adapter.check(bench.account)
        assert checked.works, checked.message

    def test_nothing_prints_a_secret(self, bench: Bench) -> None:
        assert bench.secrets
        for printed in (
            repr(bench.account),
            str(bench.account.credentials),
            bench.account.credentials.model_dump_json(),
        ):
            _holds_no_secret(bench, printed)

    def test_a_mistake_in_the_credentials_is_told_without_them(self, bench: Bench) -> None:
        entered = {name: f"{value}" for name, value in zip("abcdefgh", bench.secrets, strict=False)}
        with pytest.raises(ValidationError) as raised:
            bench.adapter.credentials.model_validate(entered)
        _holds_no_secret(bench, str(raised.value))


class CallTests(SendingTests):
    """What every channel does whose vendor is called over HTTP."""

    def test_what_the_vendor_says_becomes_a_result(self, bench: Bench, said: Said) -> None:
        self._send(bench)  # so that a token, where the vendor wants one, is at hand
        bench.says(said.status, said.body, said.headers)
        result = self._send(bench)
        if isinstance(said.means, str):
            assert isinstance(result, Refused)
            assert result.kind == said.means, result
            assert result.reason
        else:
            assert isinstance(result, said.means)
        if isinstance(result, RetryLater):
            assert (result.seconds, bool(result.reason)) == (said.seconds, True)

    def test_a_vendor_that_repeats_our_secrets_is_not_believed(self, bench: Bench, said: Said) -> None:
        self._send(bench)
        for secret in bench.secrets:
            body = _with_each_text(said.body, partial(_followed_by, secret))
            with capture_logs() as logs:
                bench.says(said.status, body, said.headers)
                result = self._send(bench)
                bench.http_stand.scripted.clear()
                bench.says(said.status, body, said.headers)
                checked = bench.adapter.check(bench.account)
                bench.http_stand.scripted.clear()
            _holds_no_secret(bench, f"{result!r} {checked!r} {logs!r}")

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"no json",
            b"[]",
            b"null",
            b'"text"',
            b"{}",
            b'{"error": 5}',
            b'{"messages": {}}',
            b"[" * 100_000,
            b"<html>Log in</html>",
            b"\xff\xfe",
            b"1" * 5000,
            b'{"status": "x", "error": {"code": "y"}}',
        ],
    )
    @pytest.mark.parametrize("status", [200, 204, 301, 400, 418, 502])
    def test_an_answer_that_makes_no_sense_is_a_result(self, bench: Bench, status: int, body: bytes) -> None:
        self._send(bench)
        bench.says(status, b"" if status == 204 else body)
        result = self._send(bench)
        assert isinstance(result, Accepted | RetryLater | Refused)
        assert not isinstance(result, Accepted) or status < 300
        bench.says(status, b"" if status == 204 else body)
        bench.adapter.check(bench.account)
        bench.http_stand.scripted.clear()

    @pytest.mark.parametrize("fault", ["hang", "lost_answers"])
    def test_a_vendor_that_does_not_answer_is_tried_later(self, bench: Bench, fault: str) -> None:
        self._send(bench)
        bench.http.granted = 0
        bench.stand.behave({fault: 1})
        assert isinstance(self._send(bench), RetryLater)
        assert bench.http.granted <= SEND_SECONDS

    @pytest.mark.parametrize("fault", [{"errors": 1}, {"throttle": 0.001}])
    def test_a_vendor_that_is_broken_or_busy_is_tried_later(self, bench: Bench, fault: Mapping[str, Any]) -> None:
        self._send(bench)
        bench.stand.behave(fault)
        assert isinstance(self._send(bench), RetryLater)

    def test_a_vendor_that_is_gone_is_tried_later(self, bench: Bench) -> None:
        with socket.create_server(("127.0.0.1", 0)) as closed:
            port = closed.getsockname()[1]
        account = bench.at(f"http://127.0.0.1:{port}/{bench.adapter.name}")
        message = Outbound("message-1", "sender-1", self.tables.contact, self.tables.sent[0].content)
        assert isinstance(bench.adapter.send(account, message), RetryLater)
        assert not bench.adapter.check(account).works

    @pytest.mark.parametrize("base_url", ["http://10.0.0.1", "http://169.254.169.254", "ftp://example.com", "x", ""])
    def test_an_address_that_may_not_be_called_is_a_mistake_of_the_credentials(
        self, bench: Bench, base_url: str
    ) -> None:
        try:
            account = bench.at(base_url)
        except ValidationError:
            return
        message = Outbound("message-1", "sender-1", self.tables.contact, self.tables.sent[0].content)
        result = bench.adapter.send(account, message)
        assert isinstance(result, Refused)
        assert result.kind == "credentials"
        assert not bench.adapter.check(account).works

    def _send(self, bench: Bench) -> SendResult:
        return bench.send(self.tables.sent[0].content)


class WebhookTests(SendingTests):
    """What every channel does that has webhooks."""

    def test_webhooks_become_events(self, bench: Bench, webhook: Webhook) -> None:
        request = bench.signature.sign(bench.account, bench.request(webhook))
        answer = bench.receive(request)
        assert list(answer.events) == list(webhook.events)
        assert 200 <= answer.status < 300
        for event in answer.events:
            assert unstorable(event) == []

    def test_openssl_signs_as_the_vendor_does(self, bench: Bench) -> None:
        request = bench.request(self.tables.webhooks[0])
        answer = bench.receive(bench.signature.sign_with_openssl(bench.account, request))
        assert list(answer.events) == list(self.tables.webhooks[0].events)

    def test_what_is_not_signed_is_refused(self, bench: Bench) -> None:
        request = bench.request(self.tables.webhooks[0])
        signed = bench.signature.sign(bench.account, request)
        for name, wrong in self._wrong(bench, request, signed):
            with pytest.raises(SignatureError) as raised:
                pytest.fail(f"{name}: {bench.receive(wrong)}")
            assert signed.headers[bench.signature.header] not in str(raised.value)
            _holds_no_secret(bench, str(raised.value))

    def test_without_a_secret_nothing_is_believed(self, bench: Bench) -> None:
        credentials = bench.account.credentials
        key = bench.signature.key(bench.account)
        (name,) = [
            name
            for name in type(credentials).model_fields
            if isinstance(value := getattr(credentials, name), SecretStr) and value.get_secret_value() == key
        ]
        empty = credentials.model_copy(update={name: SecretStr("")})
        account = replace(bench.account, credentials=empty)
        signed = bench.signature.sign(account, bench.request(self.tables.webhooks[0]))
        with pytest.raises(ValidationError):
            bench.adapter.credentials.model_validate({**_revealed(credentials), name: ""})
        with pytest.raises(SignatureError):
            bench.adapter.receive(account, signed)

    def test_another_query_changes_nothing_or_is_refused(self, bench: Bench) -> None:
        webhook = self.tables.webhooks[0]
        signed = bench.signature.sign(bench.account, bench.request(webhook))
        replayed = replace(
            signed, query={**signed.query, "a": "b"}, url=f"{signed.url}{'&' if signed.query else '?'}a=b"
        )
        if bench.signature.covers_query:
            with pytest.raises(SignatureError):
                bench.receive(replayed)
        else:
            assert list(bench.receive(replayed).events) == list(webhook.events)

    def test_what_is_broken_is_refused_or_empty(self, bench: Bench) -> None:
        for body in BROKEN:
            self._survives(bench, body)
            self._survives(bench, self.tables.wrap(body))

    def test_repeated_keys_and_huge_texts(self, bench: Bench) -> None:
        for webhook in self.tables.webhooks:
            if isinstance(webhook.body, bytes):
                self._survives(bench, webhook.body * (HUGE_BYTES // (len(webhook.body) or 1)))
                continue
            self._survives(
                bench, self.tables.wrap(_with_each_text(webhook.body, lambda text: text + "x" * HUGE_BYTES, 1))
            )
            if isinstance(webhook.body, Mapping):
                doubled = ",".join(f"{json.dumps(name)}:null" for name in webhook.body)
                raw = f"{{{doubled},{json.dumps(webhook.body)[1:]}".encode()
                self._survives(bench, self.tables.wrap(raw))

    def test_whatever_comes_is_refused_or_can_be_stored(self, bench: Bench) -> None:
        @settings(max_examples=EXAMPLES)
        @given(_spoiled([webhook.body for webhook in self.tables.webhooks]))
        def survives(body: Payload) -> None:
            self._survives(bench, self.tables.wrap(body))

        survives()

    def _survives(self, bench: Bench, body: Payload) -> None:
        """The request is refused, or its events can be stored; a header is of no more use than it says."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        kind = self.tables.webhooks[0].content_type
        request = WebhookRequest("POST", bench.account.webhook_url, {}, {"content-type": kind}, raw)
        try:
            signed = bench.signature.sign(bench.account, request)
        except Exception:  # what cannot be signed as the vendor does it is signed over the body
            signed = replace(bench.signature, covers=lambda _, request: request.body).sign(bench.account, request)
        try:
            answer = bench.receive(signed)
        except (InvalidPayloadError, SignatureError):
            return
        for event in answer.events:
            assert unstorable(event) == []

    def _another_body(self, bench: Bench) -> bytes:
        """A body whose inside, which is what is signed, differs in a byte or some."""
        body = self.tables.webhooks[0].body
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        return bench.posted(raw.replace(b":", b":  ", 1) if b":" in raw else raw + b"&a=b").body

    def _wrong(
        self, bench: Bench, request: WebhookRequest, signed: WebhookRequest
    ) -> Iterator[tuple[str, WebhookRequest]]:
        signature, right = bench.signature, signed.headers[bench.signature.header]
        other = replace(signature, key=lambda _: "another secret")
        for digest in ("sha1", "sha256", "sha512"):
            if digest != signature.digest:
                yield digest, replace(signature, digest=digest).sign(bench.account, request)
        yield "missing", request
        yield "another secret", other.sign(bench.account, request)
        yield "another body", replace(signed, body=self._another_body(bench))
        yield "another header", replace(signed, headers={**request.headers, "x-signature": right})
        values = [
            "",
            " ",
            "ñ",
            "\ud800",
            "x" * len(right),
            right[:-1],
            right[: len(right) // 2],
            right + "0",
            right * 2,
        ]
        values += [signature.prefix, right.removeprefix(signature.prefix) if signature.prefix else f"sha1={right}"]
        for value in values:
            yield repr(value), signature.put(request, value)


# ---- what may come in --------------------------------------------------------------------------------------------

HUGE_BYTES: Final = 1024 * 1024
DEPTH: Final = 100_000
BROKEN: Final[Sequence[bytes]] = (
    *(b"", b"nonsense", b"[]", b"{}", b"null", b"1", b'"x"', b"\xff\xfe\x00", b"\x00", b"{", b"NaN", b"1e999"),
    b"9" * 5000,
    b"[" * DEPTH,
    b'{"a":' * DEPTH,
    b"[" * DEPTH + b"]" * DEPTH,
    b'{"a":' * DEPTH + b"1" + b"}" * DEPTH,
    b'"' + b"x" * HUGE_BYTES + b'"',
    b"a=b&" * 1000,
)
_JUNK: Final = st.one_of(
    st.none(),
    st.booleans(),
    st.sampled_from([0, -1, 2**31, 2**63, 2**64, -(2**63) - 1, 10**400, 1e308, float("nan"), float("inf"), -0.0]),
    st.sampled_from(
        ["", "\x00", "a\x00b", "\ud800", "\udfff x", "x" * 5000, "-1", "1e9", "9" * 30, "٣", " ", "\n", "a.b"]
    ),
    st.text(max_size=20),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.none(), max_size=3),
)
_Path = tuple[Any, ...]


def _paths(value: Any, here: _Path = ()) -> Iterator[_Path]:
    yield here
    items = value.items() if isinstance(value, Mapping) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from _paths(inner, (*here, key))


def _replaced(value: Any, path: _Path, junk: Any) -> Any:
    if not path:
        return junk
    changed = copy.copy(value)
    changed[path[0]] = _replaced(value[path[0]], path[1:], junk)
    return changed


@st.composite
def _spoiled(draw: st.DrawFn, bodies: Sequence[Payload]) -> Payload:
    """One of the good bodies with one or two places changed."""
    body = draw(st.sampled_from(list(bodies)))
    for _ in range(draw(st.integers(1, 2))):
        if isinstance(body, bytes):
            start, end = sorted((draw(st.integers(0, len(body))), draw(st.integers(0, len(body)))))
            body = body[:start] + draw(st.binary(max_size=20)) + body[end:]
        else:
            body = _replaced(body, draw(st.sampled_from(list(_paths(body)))), draw(_JUNK))
    return body


# ---- what may come out -------------------------------------------------------------------------------------------

ID_LENGTH: Final = 1000
"""Longest id or address: an index of PostgreSQL takes entries of some 2,700 bytes."""


def unstorable(event: ChannelEvent) -> list[str]:
    """What of an event no database takes."""
    return list(_unstorable(event, type(event).__name__))


def _unstorable(value: object, place: str) -> Iterator[str]:
    if is_dataclass(value):
        for one in fields(value):
            yield from _unstorable(getattr(value, one.name), one.name)
    elif isinstance(value, tuple):
        for inner in value:
            yield from _unstorable(inner, place)
    elif isinstance(value, str):
        yield from _unstorable_text(value, place)
    elif isinstance(value, int) and abs(value) >= LONGEST_INTEGER:
        yield f"{place}: {value} has more than 64 bits"
    elif isinstance(value, float) and not math.isfinite(value):
        yield f"{place}: {value} is no number"


def _unstorable_text(value: str, place: str) -> Iterator[str]:
    if "\x00" in value or any("\ud800" <= letter <= "\udfff" for letter in value):
        yield f"{place}: {value[:100]!r} is no text for a database"
    if place in ("vendor_id", "address") and not 0 < len(value.encode("utf-8", "replace")) <= ID_LENGTH:
        yield f"{place}: {value[:100]!r} is too long, or empty"


def _holds_no_secret(bench: Bench, printed: str) -> None:
    for secret in bench.secrets:
        assert secret not in printed
        assert json.dumps(secret)[1:-1] not in printed


def _accepted(result: SendResult) -> Accepted:
    assert isinstance(result, Accepted), result
    return result


def _with_each_text(value: Any, change: Callable[[str], str], most: int = 1000) -> Any:
    """The same JSON with its texts changed, the first `most` of them."""
    left = [most]

    def walk(inner: Any) -> Any:
        if isinstance(inner, Mapping):
            return {key: walk(item) for key, item in inner.items()}
        if isinstance(inner, list):
            return [walk(item) for item in inner]
        if isinstance(inner, str) and left[0]:
            left[0] -= 1
            return change(inner)
        return inner

    return walk(value)


def _followed_by(more: str, text: str) -> str:
    return f"{text} {more}"


def _revealed(credentials: Any) -> dict[str, Any]:
    """Credentials as they were entered."""
    fields_of = type(credentials).model_fields
    values = {name: getattr(credentials, name) for name in fields_of}
    return {name: value.get_secret_value() if isinstance(value, SecretStr) else value for name, value in values.items()}
