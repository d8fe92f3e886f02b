"""A small, complete host (docs/how-to/embed.md): python small_host.py DATABASE PORT VENDOR_URL SCENARIO.json...

POST / takes {"id": the vendor's, "from": phone, "text": ..., "postback": ...}; 200 says that the message is safe.
Messages leave as POST to VENDOR_URL with an Idempotency-Key.
"""

import json
import sqlite3
import sys
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from botflow_runtime import Catalog, Conversation, Outcome, SenderConfig, Thread, effects, load_scenario
from botflow_runtime.code_runs import RunScript, code_finished, request_of
from botflow_runtime.events import AnyEvent, DeliveryReported, Expired, MessageReceived, TimerFired
from botflow_runtime.limits import EXPIRY_SECONDS
from botflow_runtime.sandbox import CodeRunner

SENDER = "small-host"
PAUSE_SECONDS = 0.05
TABLES = """
CREATE TABLE IF NOT EXISTS contact (phone PRIMARY KEY, attributes DEFAULT '{}', blocked DEFAULT 0);
CREATE TABLE IF NOT EXISTS inbox (id PRIMARY KEY, phone, fields, handled DEFAULT 0);
CREATE TABLE IF NOT EXISTS thread (id PRIMARY KEY, phone, live, state);
CREATE TABLE IF NOT EXISTS turn (before, event, turn);
CREATE TABLE IF NOT EXISTS timer (thread, name, token, seconds, after, due, PRIMARY KEY (thread, name));
CREATE TABLE IF NOT EXISTS run (id PRIMARY KEY, thread, effect);
CREATE TABLE IF NOT EXISTS outbox (id PRIMARY KEY, phone, thread, content, blocked, leaves, state);
"""
STATEMENTS = {  # one for each effect; reports and handovers are in the row of their turn, opened threads in the outcome
    effects.SendMessage: """INSERT INTO outbox SELECT :id, phone, :thread, :content, blocked AND NOT :confirmation,
        :delay_ms / 1e3 + max(:now, ifnull((SELECT max(leaves) FROM outbox WHERE phone = :phone), 0)), 'queued'
        FROM contact WHERE phone = :phone""",
    effects.RunCode: "INSERT INTO run VALUES (:id, :thread, :json)",
    effects.SetTimer: """REPLACE INTO timer VALUES (:thread, :name, :token, :seconds, :after,
        iif(:after IN (SELECT id FROM outbox WHERE state = 'queued'), NULL, :now + :seconds))""",
    effects.CancelTimer: "DELETE FROM timer WHERE thread = :thread AND token = :token",
    effects.Withdraw: "UPDATE outbox SET state = 'withdrawn', leaves = 0 WHERE thread = :thread AND state = 'queued'",
    effects.OptOut: "UPDATE contact SET blocked = 1 WHERE phone = :phone",
    effects.SetAttribute: """UPDATE contact SET attributes = json_set(attributes, '$."' || :name || '"', json(:value))
        WHERE phone = :phone""",
}


class Host:
    """`deliver(key, phone, content)` returns why the vendor refuses a message, or None; OSError: it is tried again."""

    def __init__(self, path: str, files: list[str], deliver: Callable[..., str | None], script: RunScript) -> None:
        self.path, self.deliver, self.script = path, deliver, script
        scenarios = [load_scenario(file) for file in files]
        sender = SenderConfig(SENDER, scenarios[0].channel, tuple(one.id for one in scenarios), scenarios[0].id)
        self.conversation = Conversation(Catalog(scenarios, [sender]), lambda: uuid.uuid4().hex)
        with closing(sqlite3.connect(path)) as db:
            db.executescript(TABLES)

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """One turn is one transaction. SQLite has one writer, so this is the lock of the conversation too."""
        with closing(sqlite3.connect(self.path, timeout=30)) as db, db:
            db.execute("BEGIN IMMEDIATE")
            yield db

    def receive(self, message_id: str, phone: str, fields: dict[str, Any]) -> None:
        """A message of a contact. The same vendor id again changes nothing."""
        with self.transaction() as db:
            db.execute("INSERT OR IGNORE INTO contact (phone) VALUES (?)", (phone,))
            new = "INSERT OR IGNORE INTO inbox (id, phone, fields) VALUES (?, ?, ?)"
            if db.execute(new, (message_id, phone, json.dumps(fields))).rowcount:
                self.offer(db, phone)

    def fire_next(self) -> bool:
        with self.transaction() as db:
            timer = db.execute(
                "SELECT thread, name, token FROM timer WHERE due <= ? ORDER BY due", (time.time(),)
            ).fetchone()
            if timer:
                thread, name, token = timer
                db.execute("DELETE FROM timer WHERE thread = ? AND name = ?", (thread, name))
                event = Expired if name == "expiry" else partial(TimerFired, name=name, token=token)
                self.handle(db, thread, f"{thread}:{name}:{token}", event)
        return bool(timer)

    def run_next(self) -> bool:
        """The oldest script, run outside of any transaction; after a crash it runs again under the same id."""
        with self.transaction() as db:
            row = db.execute("SELECT thread, effect FROM run ORDER BY rowid").fetchone()
        if row:
            effect: Any = effects.decode_effects(row[1])[0]
            result = self.script(request_of(effect))
            with self.transaction() as db:
                db.execute("DELETE FROM run WHERE id = ?", (effect.id,))
                self.handle(db, row[0], f"{effect.id}:done", lambda **facts: code_finished(effect, result, facts))
        return bool(row)

    def send_next(self) -> bool:
        """The oldest message that may leave. Its key is the effect's id, the same again after a crash."""
        with self.transaction() as db:
            query = "SELECT * FROM outbox WHERE state = 'queued' AND leaves <= ? ORDER BY rowid"
            row = db.execute(query, (time.time(),)).fetchone()
        if row:
            message, phone, thread, content, blocked, *_ = row
            error = None if blocked else self.deliver(message, phone, json.loads(content))
            state: Any = "failed" if error else "accepted"  # what consent forbids never fails a step
            with self.transaction() as db:
                db.execute("UPDATE outbox SET state = ? WHERE id = ?", (state, message))
                db.execute("UPDATE timer SET due = seconds + ? WHERE after = ? AND due IS NULL", (time.time(), message))
                report = partial(DeliveryReported, message=message, state=state, error=error)
                self.handle(db, thread, f"{message}:{state}", report)
        return bool(row)

    def offer(self, db: sqlite3.Connection, phone: str) -> None:
        """Offer what is in the inbox, in order, until the thread is busy: the inbox is where messages are held."""
        rows = db.execute("SELECT id, fields FROM inbox WHERE phone = ? AND NOT handled ORDER BY rowid", (phone,))
        for message_id, fields in rows.fetchall():
            live = db.execute("SELECT state FROM thread WHERE phone = ? AND live", (phone,)).fetchone()
            message = MessageReceived(**snapshot(db, phone, message_id), **json.loads(fields))
            outcome = self.conversation.receive(Thread.from_json(live[0]) if live else None, message)
            action = outcome.decision and outcome.decision.action
            if action != "hold":
                blocked = action == "opt_out_word"  # any other message lifts the block
                db.execute("UPDATE inbox SET handled = 1 WHERE id = ?", (message_id,))
                db.execute("UPDATE contact SET blocked = ? WHERE phone = ?", (blocked, phone))
                db.execute("UPDATE outbox SET blocked = 1 WHERE phone = ? AND state = 'queued' AND ?", (phone, blocked))
            self.keep(db, phone, outcome)
            if action == "hold":
                return

    def handle(self, db: sqlite3.Connection, thread: str, event_id: str, event: Callable[..., AnyEvent]) -> None:
        """Any other event, then the messages that it may have set free."""
        state, phone = db.execute("SELECT state, phone FROM thread WHERE id = ?", (thread,)).fetchone()
        self.keep(db, phone, self.conversation.handle(Thread.from_json(state), event(**snapshot(db, phone, event_id))))
        self.offer(db, phone)

    def keep(self, db: sqlite3.Connection, phone: str, outcome: Outcome) -> None:
        """Store every turn, then make rows of its effects in their order."""
        for before, event, turn in zip(outcome.before, outcome.events, outcome.turns, strict=True):
            thread, now = turn.thread, time.time()
            db.execute("REPLACE INTO thread VALUES (?, ?, ?, ?)", (thread.id, phone, thread.live, thread.to_json()))
            db.execute("INSERT INTO turn VALUES (?, ?, ?)", (before.to_json(), event.to_json(), turn.to_json()))
            expiry = (thread.id, "expiry", str(now), 0, None, now + EXPIRY_SECONDS if thread.live else None)
            db.execute("REPLACE INTO timer VALUES (?, ?, ?, ?, ?, ?)", expiry)
            for effect in turn.effects:
                fields: dict[str, Any] = {name: getattr(effect, name) for name in effect.__struct_fields__}
                texts = {name: json.dumps(fields.get(name)) for name in ("content", "value")}
                known = {"thread": thread.id, "phone": phone, "now": now, "json": b"[%b]" % effect.to_json()}
                db.execute(STATEMENTS.get(type(effect), "SELECT 1"), fields | texts | known)


def snapshot(db: sqlite3.Connection, phone: str, event_id: str) -> dict[str, Any]:
    """What every event carries: an id that is the same when the event is repeated, the time, the snapshot."""
    known = {"contact": {"phone": phone}, "sender": SENDER}
    (attributes,) = db.execute("SELECT attributes FROM contact WHERE phone = ?", (phone,)).fetchone()
    return {"id": event_id, "at": round(time.time() * 1000), "attributes": json.loads(attributes), **known}


def post(url: str, key: str, phone: str, content: Any) -> str | None:
    data, headers = json.dumps({"to": phone, "content": content}), {"Idempotency-Key": key}
    try:
        urlopen(Request(url, data.encode(), headers | {"Content-Type": "application/json"}), timeout=10).close()
    except HTTPError as error:
        if error.code >= 500 or error.code == 429:
            raise
        return f"the vendor answered {error.code}"
    return None


class Webhook(BaseHTTPRequestHandler):  # the vendor tries again unless it gets 200; then the message is ours
    def do_POST(self) -> None:
        try:
            body = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            fields = {name: str(body[name]) for name in ("text", "postback") if body.get(name) is not None}
            host.receive(str(body["id"]), str(body["from"]), fields)
            self.send_response(200)
        except (ValueError, KeyError, TypeError, AttributeError):
            self.send_response(400, 'send {"id": ..., "from": ..., "text": ...} as JSON')
        self.end_headers()


def keep_doing(job: Callable[[], bool]) -> None:
    while True:
        with suppress(OSError):  # what cannot be done now is tried again
            while job():
                pass
        time.sleep(PAUSE_SECONDS)


if __name__ == "__main__":
    path, port, vendor, *files = sys.argv[1:]
    host = Host(path, files, partial(post, vendor), CodeRunner().run)
    for job in (host.send_next, host.fire_next, host.run_next):
        threading.Thread(target=keep_doing, args=[job], daemon=True).start()
    ThreadingHTTPServer(("127.0.0.1", int(port)), Webhook).serve_forever()
