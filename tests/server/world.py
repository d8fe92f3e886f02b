"""The server without its threads: a clock to turn, jobs to run by hand, and ears for what is announced."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from botflow.accounts.service import ensure_company
from botflow.channels.contract import (
    Accepted,
    Account,
    ChannelAdapter,
    Credentials,
    Inbound,
    Outbound,
    SendResult,
    SessionWindow,
)
from botflow.channels.http import VendorHttp
from botflow.chatbots.service import Chatbots
from botflow.contacts.erased import ErasedAddresses
from botflow.conversations.delivery import next_of_senders
from botflow.conversations.history import Entry
from botflow.conversations.service import Conversations, View
from botflow.db import Database
from botflow.ids import Ids
from botflow.jobs.code import run_pending
from botflow.jobs.outbox import drain
from botflow.jobs.timers import expire_idle, fire_due
from botflow.notices.delivering import Deliverer
from botflow.senders.sealing import Seal
from botflow.senders.service import SenderAccounts, ensure_sender
from botflow_runtime.sandbox import CodeRequest, CodeResult

START = 1_772_359_200_000  # 2026-03-01T10:00:00Z
ADDRESS = "visitor:one"


@dataclass
class Ears:
    """What was announced, in order."""

    heard: list[tuple[Any, ...]] = field(default_factory=list)

    def message(self, room: str, entry: Entry) -> None:
        self.heard.append(("message", entry.sequence, entry.direction, entry.content.get("text")))

    def typing(self, room: str, on: bool) -> None:
        self.heard.append(("typing", on))

    def status(self, room: str, status: str, reason: str) -> None:
        self.heard.append(("status", status, reason))

    def update(self, room: str, message_id: str, status: str) -> None:
        self.heard.append(("update", message_id, status))


@dataclass
class Wakes:
    """How often each job was woken."""

    woken: dict[str, int] = field(default_factory=dict)

    def outbox(self, sender_id: str) -> None:
        self._count("outbox")

    def timers(self) -> None:
        self._count("timers")

    def code(self) -> None:
        self._count("code")

    def _count(self, job: str) -> None:
        self.woken[job] = self.woken.get(job, 0) + 1


class Vendor(ChannelAdapter[Credentials]):
    """A channel that does what it is told; `answers` are given first, then everything is accepted.

    It breaks at messages to the addresses of `breaks_at`.
    """

    name = "webchat"
    channel = "webchat"
    title = "Told"
    credentials = Credentials
    window: SessionWindow | None = None  # type: ignore[misc]  # the vendor of one world, not of all

    def __init__(self) -> None:
        self.answers: list[SendResult] = []
        self.sent: list[Outbound] = []
        self.breaks_at: set[str] = set()

    def send(self, account: Account[Credentials], message: Outbound) -> SendResult:
        if message.address in self.breaks_at:
            raise KeyError("a mistake of ours")
        self.sent.append(message)
        return self.answers.pop(0) if self.answers else Accepted((f"vendor-{len(self.sent)}",))


class World:
    """One company, one sender for each chatbot, one visitor."""

    def __init__(self, database: Database) -> None:
        self.now = START
        self.database = database
        self.ids = Ids(lambda: self.now)
        self.ears = Ears()
        self.wakes = Wakes()
        self.vendor = Vendor()
        seal = Seal("of the tests")
        self.erased = ErasedAddresses(seal.sign)
        self.accounts = SenderAccounts({"webchat": self.vendor}, seal)
        self.deliverer = Deliverer(database, seal, VendorHttp(["127.0.0.1"]), lambda: self.now, lambda low, high: 1.0)
        self.runs: list[CodeRequest] = []
        self.code: Callable[[CodeRequest], CodeResult] = lambda request: CodeResult(value=42)
        self.restart()
        with database.transaction() as work:
            ensure_company(work, "acme", "Acme", START)

    def at(self, now: int) -> World:
        """This world with its clock at `now`: a second process at the same time."""
        self.now = now
        return self

    def restart(self) -> None:
        """Forget everything that is not a row, as a crash would."""
        self.chatbots = Chatbots(lambda: self.now, self.ids)
        self.conversations = Conversations(
            self.database,
            self.chatbots,
            lambda: self.now,
            self.ids,
            self.wakes,
            self.ears,
            lambda adapter: self.vendor.window,
            recall=self.erased.recall,
        )

    def publish(self, document: Mapping[str, Any]) -> str:
        """Publish a chatbot, as the default of a sender of its own; returns the sender."""
        sender = f"sender-{document['id']}"
        with self.database.transaction() as work:
            published = self.chatbots.publish(work, "acme", document)
            ensure_sender(work, sender, "acme", sender, document["channel"], "webchat", self.now)
            self.chatbots.enable(work, "acme", published.chatbot_id, sender, is_default=True)
        return sender

    def sender(self, name: str, *, live_chat_only: bool = False) -> str:
        """A sender of web chat without a chatbot."""
        with self.database.transaction() as work:
            ensure_sender(work, name, "acme", name, "webchat", "webchat", self.now)
            if live_chat_only:
                work.execute(sa.text("UPDATE sender SET live_chat_only = true"))
        return name

    def write(self, sender: str, text: str | None, message: str | None = None, **fields: Any) -> Entry:
        """The visitor writes, and what is due leaves."""
        entry = self.hand_in(sender, text, message, **fields)
        self.drain()
        return entry

    def hand_in(self, sender: str, text: str | None, message: str | None = None, **fields: Any) -> Entry:
        """The visitor writes; nothing leaves yet."""
        most_held = fields.pop("most_held", None)
        inbound = Inbound(sender, fields.pop("address", ADDRESS), message or self.ids(), text=text, **fields)
        return self.conversations.receive("webchat", inbound, most_held=most_held)

    def drain(self) -> int | None:
        """What is due of every sender leaves. Returns when the next message is."""
        with self.database.reading() as work:
            senders = next_of_senders(work)
        due = [drain(self.conversations, self.accounts, sender, lambda: self.now) for sender in senders]
        return min((at for at in due if at is not None), default=None)

    def fire(self) -> int | None:
        return fire_due(self.conversations, lambda: self.now)

    def expire(self) -> int | None:
        return expire_idle(self.conversations, lambda: self.now)

    def run_code(self) -> None:
        run_pending(self.conversations, self.run_script, lambda: self.now)
        self.drain()

    def wait(self, seconds: float) -> None:
        """Time passes; what becomes due happens."""
        self.now += round(seconds * 1000)
        self.drain()
        self.fire()
        self.drain()

    def view(self, sender: str, after: int = 0) -> View:
        return self.conversations.view("webchat", sender, ADDRESS, after)

    def shown(self, sender: str) -> list[str]:
        """What the visitor sees: own messages with `> ` before them."""
        return [
            ("> " if entry.direction == "in" else "") + str(entry.content.get("text"))
            for entry in self.view(sender).entries
        ]

    def rows(self, table: str, *columns: str) -> list[tuple[Any, ...]]:
        """Columns of every row, in the order of the primary key."""
        with self.database.reading() as work:
            found = work.execute(sa.text(f"SELECT {', '.join(columns)} FROM {table} ORDER BY 1"))
            return [tuple(row) for row in found]

    def change(self, statement: str, **values: Any) -> None:
        """Change rows behind the server's back."""
        with self.database.transaction() as work:
            work.execute(sa.text(statement).bindparams(**values))

    def execute(self, statement: str) -> None:
        """Change rows by hand."""
        with self.database.transaction() as work:
            work.execute(sa.text(statement))

    def count(self, table: str, where: str = "true") -> int:
        with self.database.reading() as work:
            return int(work.value(sa.text(f"SELECT count(*) FROM {table} WHERE {where}")))

    def run_script(self, request: CodeRequest) -> CodeResult:
        self.runs.append(request)
        return self.code(request)
