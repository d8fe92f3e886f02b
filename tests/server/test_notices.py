"""Outbound webhooks: what is told, when, signed how, and what happens when the receiver does not take it (AP-3)."""

import base64
import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
import sqlalchemy as sa

from botflow.audit.service import Audit
from botflow.channels.contract import Report
from botflow.channels.http import VendorHttp
from botflow.conversations.messages import send
from botflow.conversations.reports import take_reports
from botflow.db import Database
from botflow.errors import ConflictError, InvalidError
from botflow.notices import delivering, posting
from botflow.notices import webhooks as registering
from botflow.notices.delivering import next_of_webhooks, sweep
from botflow.notices.service import KINDS, Happening, audience_now, tell
from botflow.notices.webhooks import Webhooks
from botflow.permissions import Caller
from botflow.senders.sealing import Seal
from tests.server.at_once import at_once
from tests.server.scenarios import ECHO, HURRIED
from tests.server.world import World

ACME = Caller("acme", name="the tests")
SECRET = "whsec_" + base64.b64encode(b"k" * 32).decode()
DAY = 24 * 3600


class Receiver:
    """A company's own system: checks signatures, and answers as it is told."""

    def __init__(self) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.ids: list[str] = []
        self.answers: list[int] = []
        self.usual = 200
        self.hangs: float = 0
        self.refuses = "nothing"
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.take(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, args=(0.01,), daemon=True).start()

    def take(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers["Content-Length"]))
        event, at = request.headers["webhook-id"], request.headers["webhook-timestamp"]
        key = base64.b64decode(SECRET.removeprefix("whsec_"))
        expected = hmac.new(key, f"{event}.{at}.".encode() + body, hashlib.sha256).digest()
        is_signed = request.headers["webhook-signature"] == "v1," + base64.b64encode(expected).decode()
        self.ids.append(event)
        self.bodies.append(json.loads(body))
        if self.hangs:
            time.sleep(self.hangs)
        if self.refuses in json.dumps(self.bodies[-1]):
            self.answers = [500]
        request.send_response(self.answers.pop(0) if self.answers else self.usual if is_signed else 401)
        request.send_header("Location", "http://127.0.0.1:1/")
        request.send_header("Content-Length", "0")
        request.end_headers()

    @property
    def kinds(self) -> list[str]:
        return [body["type"] for body in self.bodies]


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    receiver = Receiver()
    yield receiver
    receiver.server.shutdown()
    receiver.server.server_close()


@pytest.fixture
def webhooks(world: World) -> Webhooks:
    clock = lambda: world.now  # noqa: E731  # read anew at each call
    http, seal = VendorHttp(["127.0.0.1"]), Seal("of the tests")
    return Webhooks(world.database, world.deliverer, seal, http, Audit(clock, world.ids), clock, world.ids)


def register(webhooks: Webhooks, receiver: Receiver, *events: str) -> str:
    fields = {"name": "CRM", "address": receiver.address, "events": list(events or KINDS), "enabled": True}
    row, secret = webhooks.make(ACME, fields, SECRET)
    assert secret == SECRET
    return str(row["id"])


def deliver(world: World) -> None:
    """Everything that is due is delivered."""
    with world.database.reading() as work:
        due = [webhook for webhook, at in next_of_webhooks(work).items() if at <= world.now]
    for webhook in due:
        world.deliverer.deliver(webhook)


def states(world: World) -> list[tuple[Any, ...]]:
    return [row[1:] for row in world.rows("webhook_delivery", "event_id", "kind", "state", "attempts")]


def test_a_conversation_is_told_in_order_and_signed(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    sender = world.publish(ECHO)
    register(webhooks, receiver)
    world.write(sender, "hello", "m1")
    deliver(world)
    assert receiver.kinds[:2] == ["message.received", "thread.started"]
    assert "message.status" in receiver.kinds
    first = receiver.bodies[0]
    assert first["data"]["content"]["text"] == "hello"
    assert first["data"]["contact"]["address"] == "visitor:one"
    assert (first["id"], first["company"]) == (receiver.ids[0], "acme")
    assert {state for _, state, _ in states(world)} == {"delivered"}
    assert "whsec_" not in json.dumps(receiver.bodies)


def test_a_webhook_of_a_sender_hears_of_that_sender_only(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    ours, others = world.publish(ECHO), world.publish(HURRIED)
    webhook = register(webhooks, receiver, "message.received", "message.status", "thread.started", "consent.changed")
    webhooks.change(ACME, webhook, {"senders": [ours]}, None)
    for sender in (others, ours):
        world.write(sender, "hello")
        world.write(sender, "stop")
    take_reports(world.conversations, others, [Report("vendor-1", "delivered")], world.now)
    deliver(world)
    told = [body["data"] for body in receiver.bodies]
    assert {one.get("sender") or one["sender_id"] for one in told} == {ours}
    assert {body["type"] for body in receiver.bodies} == {
        "message.received",
        "message.status",
        "thread.started",
        "consent.changed",
    }


def test_what_happens_at_no_sender_in_particular_is_told_to_all(
    world: World, webhooks: Webhooks, receiver: Receiver
) -> None:
    ours = world.publish(ECHO)
    webhooks.change(ACME, register(webhooks, receiver), {"senders": [ours]}, None)
    with world.database.transaction() as work:
        tell(work, audience_now(work, "acme"), Happening("e1", "contact.erased", "acme", "c1", world.now, {}))
    deliver(world)
    assert receiver.kinds == ["contact.erased"]


def test_a_webhook_hears_of_senders_that_there_are(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    ours = world.publish(ECHO)
    webhook = register(webhooks, receiver)
    with pytest.raises(InvalidError) as wrong:
        webhooks.change(ACME, webhook, {"senders": [ours, "of-another-company"]}, None)
    assert [fault.pointer for fault in wrong.value.faults] == ["/senders/1"]


def test_reports_of_the_vendor_are_told_once(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    sender = world.publish(ECHO)
    world.write(sender, "hello")
    register(webhooks, receiver, "message.status")
    for _ in range(2):
        take_reports(world.conversations, sender, [Report("vendor-1", "delivered")], world.now)
    take_reports(world.conversations, sender, [Report("vendor-1", "failed", reason="lost")], world.now)
    deliver(world)
    assert [body["data"]["status"] for body in receiver.bodies] == ["delivered"]


def test_consent_and_the_end_of_a_thread_are_told(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    register(webhooks, receiver, "consent.changed", "thread.ended")
    sender = world.publish(HURRIED)
    world.write(sender, "hi")
    world.write(sender, "stop")
    world.now += 3 * DAY * 1000
    world.expire()
    deliver(world)
    consent = receiver.bodies[receiver.kinds.index("consent.changed")]["data"]
    assert (consent["from"], consent["to"], consent["evidence"]) == ("open", "opt_out", "stop")
    assert "thread.ended" in receiver.kinds


def test_what_nobody_wants_is_not_written(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    webhook = register(webhooks, receiver, "thread.handed_over")
    sender = world.publish(ECHO)
    world.write(sender, "hello")
    webhooks.change(ACME, webhook, {"events": ["message.received"], "enabled": False}, None)
    world.write(sender, "hello")
    assert states(world) == []
    webhooks.change(ACME, webhook, {"enabled": True}, None)
    world.write(sender, "hello")
    webhooks.delete(ACME, webhook)
    world.write(sender, "hello")
    assert [kind for kind, *_ in states(world)] == ["message.received"]
    sweep(world.database, world.now)
    assert states(world) == []


def only_named(webhooks: Webhooks, receiver: Receiver, path: str = "", **more: Any) -> str:
    """A webhook without events."""
    fields = {"name": "CRM", "address": receiver.address + path, "events": [], "enabled": True} | more
    return str(webhooks.make(ACME, fields, SECRET)[0]["id"])


def say(world: World, sender: str, text: str, webhook: str | None, **more: Any) -> str:
    """A message of the API; its id. It has not left."""
    world.wait(1)
    content = {"type": "text", "text": text}
    return send(world.conversations, ACME, sender, "visitor:one", content, None, webhook=webhook, **more).id


def told(receiver: Receiver) -> list[tuple[str, str]]:
    """Kinds of events, each with the status or the text."""
    return [(body["type"], body["data"].get("status") or body["data"]["content"]["text"]) for body in receiver.bodies]


def test_a_message_that_names_a_webhook_tells_it_what_becomes_of_it_and_what_is_answered(
    world: World, webhooks: Webhooks, receiver: Receiver
) -> None:
    """AP-1: what the chatbot says in between ends nothing, another message of the API does."""
    webhook = only_named(webhooks, receiver)
    sender = world.publish(ECHO)
    world.write(sender, "before", "m1")
    sent = say(world, sender, "Hi", webhook)
    world.drain()
    [vendor_id] = [
        vendor for message, vendor in world.rows("vendor_message", "message_id", "vendor_id") if message == sent
    ]
    world.wait(1)
    take_reports(world.conversations, sender, [Report(vendor_id, "seen")], world.now)
    for text in ("the answer", "and more"):
        world.wait(1)
        world.write(sender, text)
    say(world, sender, "Another", None)
    world.drain()
    world.write(sender, "no answer to it")
    deliver(world)
    assert told(receiver) == [
        ("message.status", "sent"),
        ("message.status", "seen"),
        ("message.received", "the answer"),
        ("message.received", "and more"),
    ]
    assert {body["data"]["message"] for body in receiver.bodies[:2]} == {sent}


def test_a_message_that_never_left_takes_no_answers(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    first, second = only_named(webhooks, receiver), only_named(webhooks, receiver, "/second")
    sender = world.publish(ECHO)
    world.write(sender, "before")
    say(world, sender, "Hi", first)
    world.drain()
    say(world, sender, "Too late", second, ttl_seconds=1)
    world.wait(5)
    world.drain()
    world.write(sender, "the answer")
    events = world.rows("webhook_delivery", "webhook_id", "kind", "body")
    assert [(webhook, kind) for webhook, kind, _ in events if "the answer" in _] == [(first, "message.received")]
    assert [(webhook, kind) for webhook, kind, _ in events if "failed" in _] == [(second, "message.status")]


def test_a_webhook_that_is_named_and_wants_all_is_told_once(
    world: World, webhooks: Webhooks, receiver: Receiver
) -> None:
    webhook = register(webhooks, receiver, "message.status", "message.received")
    sender = world.publish(ECHO)
    say(world, sender, "Hi", webhook)
    world.drain()
    world.write(sender, "the answer")
    deliver(world)
    assert sorted(told(receiver))[:2] == [("message.received", "the answer"), ("message.status", "sent")]
    assert len(receiver.ids) == len(set(receiver.ids))


def test_a_webhook_without_events_hears_of_erasures(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    """It may have been told texts of whoever is erased."""
    only_named(webhooks, receiver)
    with world.database.transaction() as work:
        erased = Happening("e1", "contact.erased", "acme", "somebody", world.now, {})
        tell(work, audience_now(work, "acme"), erased)
        tell(work, audience_now(work, "acme"), Happening("e2", "consent.changed", "acme", "somebody", world.now, {}))
    assert [kind for kind, *_ in states(world)] == ["contact.erased"]


def test_a_turn_asks_nothing_more_for_webhooks(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    """What a turn reads is the same with a webhook and without; only rows are added."""
    sender = world.publish(ECHO)
    heard: list[str] = []
    listen = lambda connection, cursor, statement, *rest: heard.append(statement)  # noqa: E731  # one line
    sa.event.listen(world.database.engine, "before_cursor_execute", listen)
    try:
        counts = []
        for _ in range(2):
            world.hand_in(sender, "warm")
            heard.clear()
            world.hand_in(sender, "hello")
            counts.append(sum(statement.startswith("SELECT") for statement in heard))
            if len(counts) == 1:
                register(webhooks, receiver)
    finally:
        sa.event.remove(world.database.engine, "before_cursor_execute", listen)
    assert counts[0] == counts[1]


@pytest.mark.parametrize("answer", [500, 302, 404])
def test_what_is_not_taken_is_tried_again_in_order(
    world: World, webhooks: Webhooks, receiver: Receiver, answer: int
) -> None:
    register(webhooks, receiver, "message.received")
    sender = world.publish(ECHO)
    receiver.answers = [answer, answer]
    for text in ("one", "two"):
        world.hand_in(sender, text)
    deliver(world)
    deliver(world)
    assert len(receiver.bodies) == 1, "the second waits behind the first"
    world.now += 5_000
    deliver(world)
    world.now += 10_000
    deliver(world)
    texts = [body["data"]["content"]["text"] for body in receiver.bodies]
    assert texts == ["one", "one", "one", "two"]
    assert len(set(receiver.ids[:3])) == 1, "the same event has the same id"


def test_after_a_day_it_is_dead_and_can_be_sent_again(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    webhook = register(webhooks, receiver, "message.received")
    sender = world.publish(ECHO)
    world.hand_in(sender, "hello")
    receiver.usual = 503
    for _ in range(40):
        deliver(world)
        with world.database.reading() as work:
            following = next_of_webhooks(work)
        if not following:
            break
        world.now = following[webhook]
    (row,) = world.rows("webhook_delivery", "state", "attempts", "problem")
    assert (row[0], row[2]) == ("dead", "It answered 503.")
    assert 15 <= row[1] <= 30
    receiver.usual = 200
    assert webhooks.resend(ACME, webhook, None) == 1
    deliver(world)
    assert states(world) == [("message.received", "delivered", 1)]
    sweep(world.database, world.now + 8 * DAY * 1000)
    assert states(world) == []


def test_one_event_that_cannot_be_taken_is_overtaken(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    register(webhooks, receiver, "message.received")
    sender = world.publish(ECHO)
    world.hand_in(sender, "poison")
    world.hand_in(sender, "fine")
    receiver.refuses = "poison"
    for _ in range(9):
        deliver(world)
        world.now += 300_000
    assert [state for _, state, _ in states(world)] == ["waiting", "delivered"]
    receiver.refuses = "nothing"
    world.now += 3600_000
    deliver(world)
    assert {state for _, state, _ in states(world)} == {"delivered"}


def test_a_receiver_that_hangs_costs_ten_seconds_and_its_own_events_only(
    world: World, webhooks: Webhooks, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivering, "CALL_SECONDS", 0.2)
    other = Receiver()
    other.hangs = 0.6
    slow = register(webhooks, other, "message.received")
    quick = register(webhooks, receiver, "message.received")
    sender = world.publish(ECHO)
    for text in ("one", "two"):
        world.hand_in(sender, text)
    thread = threading.Thread(target=world.deliverer.deliver, args=(slow,))
    thread.start()
    world.deliverer.deliver(quick)
    assert len(receiver.bodies) == 2
    thread.join()
    assert len(other.bodies) == 1, "after a timeout the address rests"
    rows = {row[0]: row[1] for row in world.rows("webhook_delivery", "webhook_id", "problem") if row[1]}
    assert "could not be called" in rows[slow] or "broke off" in rows[slow]
    other.server.shutdown()
    other.server.server_close()


def test_two_deliverers_do_not_post_the_same_event(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    webhook = register(webhooks, receiver, "message.received")
    sender = world.publish(ECHO)
    for number in range(10):
        world.hand_in(sender, str(number))
    receiver.hangs = 0.02
    threads = [threading.Thread(target=world.deliverer.deliver, args=(webhook,)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [body["data"]["content"]["text"] for body in receiver.bodies] == [str(number) for number in range(10)]


def test_a_process_that_stops_posts_the_event_at_hand_and_leaves_the_rest_to_others(
    world: World, webhooks: Webhooks, receiver: Receiver
) -> None:
    webhook, sender = register(webhooks, receiver, "message.received"), world.publish(ECHO)
    for number in range(3):
        world.hand_in(sender, str(number))
    world.deliverer.deliver(webhook, lambda: True)
    assert len(receiver.bodies) == 1
    deliver(world)
    assert len(receiver.bodies) == 3


def test_a_process_delivers_to_several_and_never_to_more_than_it_may(
    world: World, webhooks: Webhooks, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(posting, "AT_ONCE", 2)
    for _ in range(4):
        register(webhooks, receiver, "message.received")
    world.hand_in(world.publish(ECHO), "hello")
    post = posting.Posting(world.deliverer, lambda: world.now)
    for _ in range(200):
        assert post.look() == world.now + posting.LOOK_EVERY_MS
        if {state for _, state, _ in states(world)} == {"delivered"}:
            break
        time.sleep(0.02)
    assert len(receiver.ids) == 4
    assert len(set(receiver.ids)) == 1, "an event has the same id for every webhook"


def test_a_lease_of_somebody_who_died_ends(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    webhook = register(webhooks, receiver, "message.received")
    world.hand_in(world.publish(ECHO), "hello")
    world.change("UPDATE webhook SET leased_until = :until", until=world.now + delivering.LEASE_MS)
    assert world.deliverer.deliver(webhook) == world.now + delivering.LEASE_MS
    world.now += delivering.LEASE_MS
    deliver(world)
    assert len(receiver.bodies) == 1


@pytest.mark.parametrize(
    ("address", "part"),
    [
        ("https://10.0.0.1/", "not a public address"),
        ("https://[::1]/", "not a public address"),
        ("https://169.254.169.254/latest", "not a public address"),
        ("http://8.8.8.8/", "https only"),
        ("ftp://8.8.8.8/", "begin with https://"),
        ("https://user:word@8.8.8.8/", "no user"),
        ("https://[::1", "no address"),
        ("nonsense", "begin with https://"),
    ],
)
def test_addresses_that_are_refused(world: World, webhooks: Webhooks, address: str, part: str) -> None:
    fields = {"name": "CRM", "address": address, "events": ["message.received"], "enabled": True}
    with pytest.raises(InvalidError, match=part):
        webhooks.make(ACME, fields, None)


def test_the_first_of_a_long_backlog_is_found_without_sorting_it(sqlite: Database) -> None:
    heard: list[tuple[str, Any]] = []
    sa.event.listen(
        sqlite.engine,
        "before_cursor_execute",
        lambda connection, cursor, statement, parameters, *rest: heard.append((statement, parameters)),
    )
    with sqlite.reading() as work:
        work.all(delivering._DUE, webhook="w", now=1)  # the statement is what is looked at
    statement, parameters = heard[-1]
    with sqlite.engine.connect() as connection:
        plan = str(connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all())
    assert "ix_webhook_delivery_order" in plan
    assert "TEMP B-TREE" not in plan


def test_a_ping_tells_what_came_of_it(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    webhook = register(webhooks, receiver, "message.received")
    assert webhooks.ping(ACME, webhook).problem is None
    assert receiver.kinds == ["ping"]
    receiver.answers = [410]
    assert webhooks.ping(ACME, webhook).problem == "It answered 410."
    webhooks.change(ACME, webhook, {}, "whsec_" + base64.b64encode(b"x" * 24).decode())
    assert webhooks.ping(ACME, webhook).status == 401
    with pytest.raises(InvalidError):
        webhooks.change(ACME, webhook, {}, "too short")


def test_the_secret_is_shown_once_and_kept_sealed(world: World, webhooks: Webhooks, receiver: Receiver) -> None:
    register(webhooks, receiver)
    everything = str(world.rows("webhook", "*")) + str(world.rows("audit_entry", "*"))
    assert SECRET not in everything
    assert "a2tra2" not in everything


def test_the_last_place_is_given_once(
    world: World, webhooks: Webhooks, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make() -> None:
        with suppress(ConflictError):
            register(webhooks, receiver)

    for most in range(1, 9):
        monkeypatch.setattr(registering, "MOST_WEBHOOKS", most)
        at_once(*[make] * 3)
        assert world.count("webhook") == most
