"""A company that people write to through two senders, of whom something is in every table that can hold something."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import SQLModel

from botflow.channels.contract import Accepted, Account, Attachment, Inbound, Part, Report
from botflow.conversations.reports import take_reports
from botflow.jobs.code import run_pending
from botflow.jobs.outbox import drain
from botflow.notices.service import KINDS
from botflow.senders.service import ensure_sender
from botflow_runtime.sandbox import CodeResult
from tests.server.api import Api
from tests.server.files import PNG
from tests.server.scenarios import Document, ask, code, listen, say, scenario

NUMBER = "+34699887766"
SAID = ("34699887766", "Zebedee", "platypus", "umbrella", PNG.hex()[:40])
"""What tells who the contact is, and what was said; the picture by its first bytes."""
INQUIRY = scenario(
    "inquiry",
    ask("name", "Who are you, platypus?", "name", "think"),
    code("think", "return {{name}}", "wait", save_as="twice"),
    say("wait", "Hello {{name}}, {{twice}}.", "listen"),
    listen("listen", "give"),
    {"id": "give", "kind": "action", "step": {"type": "handover"}, "next": ["end"]},
    say("end", "Thanks {{name}}."),
)
INQUIRY["nodes"][0]["step"]["show_in_report"] = True
OTHER: Document = scenario("other", ask("ask", "Anything?", "word", "again"), say("again", "Well.", "ask"))


class Line:
    """A company with a sender on which an inquiry runs, a webhook, and contacts who write."""

    def __init__(self, api: Api, patch: pytest.MonkeyPatch) -> None:
        self.api = api
        self.core = api.parts.core
        self.sent = 0
        caller = api.company("acme")
        with api.database.transaction() as work:
            for sender in ("desk", "page"):
                ensure_sender(work, sender, "acme", sender.title(), "webchat", "webchat", api.now)
        for document, sender in ((INQUIRY, "desk"), (OTHER, "page")):
            self.call("PUT", f"/chatbots/{document['id']}/draft", document, 201)
            api.parts.authoring.publish(caller, document["id"])
            api.parts.authoring.enable(caller, document["id"], sender, is_default=True)
        hook = {"name": "CRM", "address": "https://8.8.8.8/hook", "events": list(KINDS)}
        self.call("POST", "/webhooks", hook, 201)
        self.vendor = self.core.accounts.adapters["webchat"]
        patch.setattr(self.vendor, "fetch", self._fetch)
        patch.setattr(self.vendor, "send", lambda account, message: Accepted((f"vendor of {message.id}",)))

    def _fetch(self, account: Account[Any], attachment: Attachment) -> Iterator[bytes]:
        yield PNG

    def call(self, method: str, path: str, body: Any = None, status: int = 200) -> Any:
        answer = self.api.call(method, path, body, key=self.api.key("acme"))
        assert answer.status_code == status, answer.text
        return answer.get_json()

    def write(self, text: str | None, address: str = NUMBER, sender: str = "desk", **fields: Any) -> None:
        self.api.now += 1000
        self.sent += 1
        self.core.conversations.receive("webchat", Inbound(sender, address, f"m{self.sent}", text=text, **fields))
        self.work()

    def work(self) -> None:
        for sender in ("desk", "page"):
            drain(self.core.conversations, self.core.accounts, sender, lambda: self.api.now)
        run_pending(self.core.conversations, lambda request: CodeResult(value="Zebedee twice"), lambda: self.api.now)
        self.core.assets.fetch_pending(self.core.accounts)

    def contact(self, address: str = NUMBER) -> str:
        (found,) = self.call("GET", f"/contacts?address={address.replace('+', '%2B')}")["items"]
        return str(found["id"])

    def live_through_everything(self) -> str:
        """A contact of whom something is in every table that can hold something of one. Returns its id."""
        self.write("Hello, I am the umbrella man")
        contact = self.contact()
        changes = {"name": "Zebedee", "phone": NUMBER, "attributes": {"pet": "platypus"}, "add_tags": ["Zebedee"]}
        self.call("PATCH", f"/contacts/{contact}", changes)
        self.write("Zebedee")
        self.write("my platypus", attachments=(Attachment("vendor-1", "image/png", "Zebedee.png"),))
        self.write("and my umbrella")
        self.write("On the other page I am Zebedee", sender="page")
        part = Part("desk", NUMBER, "7", 1, 2, b"half an umbrella", "latin-1", "part-1", self.api.now)
        self.core.conversations.receive_all([("webchat", part)])
        opt_out = {"sender_id": "desk", "opted_out": True, "evidence": "Zebedee said so on the phone"}
        self.call("PUT", f"/contacts/{contact}/consent/opt-out", opt_out)
        for direction in ("inbound", "outbound"):
            entry = {"address": NUMBER, "direction": direction, "sender_id": "page"}
            self.call("POST", "/blacklist", entry, 201)
        body = {"sender": "desk", "to": NUMBER, "payload": {"type": "text", "text": "Dear Zebedee"}}
        self.call("POST", "/messages", body, 201)
        own = "JOIN outbound_message m ON m.id = message_id JOIN conversation c ON c.id = m.conversation_id"
        of_this = f"c.address = '{NUMBER}' AND c.sender_id = 'desk'"
        vendor_id = self.rows(f"SELECT vendor_id FROM vendor_message {own} WHERE {of_this}")[0][0]
        failed = Report(vendor_id, "failed", reason=f"{NUMBER} has no umbrella")
        take_reports(self.core.conversations, "desk", [failed], self.api.now)
        return contact

    def rows(self, statement: str) -> list[tuple[Any, ...]]:
        with self.api.database.reading() as work:
            return [tuple(row) for row in work.execute(sa.text(statement))]

    def where(self, *said: str) -> set[str]:
        """The tables, and the folder of media, that any of these words is in."""
        found = set()
        with self.api.database.reading() as work:
            for table in SQLModel.metadata.sorted_tables:
                rows = [list(row.values()) for row in work.all(sa.select(table))]
                if any(word in json.dumps(rows, default=repr, ensure_ascii=False) for word in said):
                    found.add(table.name)
        for file in self.core.assets.store.folder.rglob("*"):
            if file.is_file() and any(word in file.read_bytes().hex() for word in said):
                found.add("files")
        return found
