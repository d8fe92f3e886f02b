"""What can be done with a conversation. Each call is one transaction, and returns when it is committed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

import sqlalchemy as sa

from botflow.assets.service import note_incoming
from botflow.channels.contract import Attachment, Inbound, Part, SessionWindow, Subscription
from botflow.chatbots.service import Chatbots, default_chatbot
from botflow.clock import Clock
from botflow.consent.service import Place, subscription_changed
from botflow.consent.sessions import Session
from botflow.contacts.service import Recall, ensure_contact, nobody_erased
from botflow.conversations.dialogue import (
    CONVERSATIONS,
    IS_LIVE,
    IS_QUEUED,
    OUTBOUND,
    THREADS,
    VENDOR_MESSAGES,
    Dialogue,
    lock_conversation,
    lock_conversations,
    lock_place,
    lock_places,
    lock_thread,
    room_of,
)
from botflow.conversations.history import INBOUND, Entry, entries_after, inbound_entry, with_contents
from botflow.conversations.models import ConversationRow, InboundMessage
from botflow.conversations.offers import NotedCatalog
from botflow.conversations.parts import Joined, join, take_overdue
from botflow.conversations.reading_ahead import known_ids, read_ahead
from botflow.conversations.signals import UNWATCHED, Announcer, Resolve, Shown, Wakes, as_it_is, as_they_are
from botflow.conversations.turns import TURNS, arrive, follow_up, keep, reject
from botflow.db import Database, UnitOfWork, constant, json_text, new_row
from botflow.errors import NotFoundError, RequestError
from botflow.logs import About
from botflow.metrics import message_kept
from botflow.notices.service import Subscribers
from botflow.senders.service import SENDER_FACTS, find_sender
from botflow_runtime import Engine, Thread
from botflow_runtime.events import ContactActed, Restarted, Started


@dataclass(frozen=True)
class View:
    """A conversation as its contact sees it on opening: history, status of the newest thread, typing."""

    room: str
    entries: list[Entry]
    status: str | None
    typing: bool


class Conversations:
    """The conversations of every sender."""

    def __init__(
        self,
        database: Database,
        chatbots: Chatbots,
        clock: Clock,
        ids: Callable[[], str],
        wakes: Wakes,
        announcer: Announcer,
        windows: Callable[[str], SessionWindow | None] = lambda adapter: None,
        resolve: Resolve = as_it_is,
        shown: Shown = as_they_are,
        recall: Recall = nobody_erased,
        watched: Callable[[str], bool] = lambda adapter: True,
    ) -> None:
        """`windows` tells the session window of an adapter, None where it has none.

        `resolve` gives media in the content of a message of a company addresses that vendors can get them at,
        `shown` gives them such as our own page gets them at. `recall` knows who was erased. `watched` tells whether the
        contacts of an adapter see their conversation in a page of ours.
        """
        self.database = database
        self._chatbots = chatbots
        self._clock = clock
        self._ids = ids
        self._wakes = wakes
        self.announcer = announcer
        self._watched = watched
        self._window_of = windows
        self.resolve = resolve
        self._shown = shown
        self._recall = recall
        self.subscribers = Subscribers()

    def receive(self, adapter: str, inbound: Inbound, *, most_held: int | None = None) -> Entry:
        """Store a message and let the chatbots have it. The same message again changes nothing.

        Raises RequestError when the sender is unknown, or when `most_held` messages wait already.
        """
        with self._talking(adapter, inbound.sender, inbound.address) as dialogue:
            known = _find_inbound(dialogue, inbound.vendor_id)
            if known is not None:
                return inbound_entry(known)
            message_id = self._take(dialogue, inbound)
            if most_held is not None and dialogue.has_held and _held(dialogue) > most_held:
                raise RequestError("Too many messages are waiting for an answer; try again in a moment.")
            return _stored_entry(dialogue, message_id)

    def receive_all(self, messages: Sequence[tuple[str, Inbound | Part]]) -> None:
        """The same for messages of several contacts, each with its adapter, in one transaction and their order.

        A part is kept until its message is whole. Raises RequestError when a sender is unknown.
        """
        with self.database.transaction() as work:
            places = self._places(work, messages)
            theirs = [(places[inbound.sender, inbound.address], inbound) for _, inbound in messages]
            known = known_ids(work, [(dialogue, inbound.vendor_id) for dialogue, inbound in theirs])
            for dialogue, inbound in theirs:
                if isinstance(inbound, Part):
                    self._take_joined(dialogue, join(dialogue, inbound, self._ids()))
                elif (key := (dialogue.id, inbound.vendor_id)) not in known:
                    known.add(key)
                    self._take(dialogue, inbound)
            for dialogue in places.values():
                dialogue.keep_counters()

    def give_up_parts(self, sender: str, address: str) -> None:
        """Keep what there is of messages whose other parts have not come within the longest time."""
        with self.database.transaction() as work:
            row = lock_place(work, sender, address)
            if row is not None:
                with self._dialogue(work, row) as dialogue:
                    self._take_joined(dialogue, take_overdue(dialogue))

    def _take_joined(self, dialogue: Dialogue, joined: Sequence[Joined]) -> None:
        """Take what parts have made, unless it was taken before."""
        for message in joined:
            if _find_inbound(dialogue, message.inbound.vendor_id) is None:
                self._take(dialogue, message.inbound, is_whole=message.is_whole)

    def _take(self, dialogue: Dialogue, inbound: Inbound, *, is_whole: bool = True) -> str:
        """Store a message that is new, and let the chatbots have it if it is whole. Returns its id."""
        message_id = self._ids()
        with About(conversation=dialogue.id, message=message_id):
            content = _store(dialogue, inbound, message_id)
            dialogue.contact_wrote(inbound.at)
            dialogue.tell("message.received", {"message": message_id, "content": content}, dialogue.webhook_id)
            if dialogue.consent().row["blacklisted_inbound"] or not is_whole:
                reject(dialogue, message_id, inbound.text)
            else:
                arrive(dialogue, message_id, content)
                follow_up(dialogue)
        dialogue.work.after_commit(lambda: dialogue.announce(_stored_entry(dialogue, message_id)))
        return message_id

    def _places(
        self, work: UnitOfWork, messages: Sequence[tuple[str, Inbound | Part]]
    ) -> dict[tuple[str, str], Dialogue]:
        """The conversations of messages, by sender and address, locked in the order of their ids; made when new."""
        wanted = {(inbound.sender, inbound.address): adapter for adapter, inbound in messages}
        rows = lock_places(work, wanted)
        unknown = [place for place, adapter in wanted.items() if place not in rows or rows[place]["adapter"] != adapter]
        for sender, address in unknown:
            company_id = _known_sender(work, wanted[sender, address], sender)["company_id"]
            self._make(work, company_id, sender, address)
        if unknown:
            rows = lock_places(work, wanted)
        dialogues = {place: self._opened(work, row) for place, row in rows.items()}
        read_ahead(work, list(dialogues.values()))
        return dialogues

    def view(self, adapter: str, sender: str, address: str, after: int) -> View:
        """What the contact sees, with the messages that follow `after`. Raises RequestError."""
        with self.database.reading() as work:
            company_id = _known_sender(work, adapter, sender)["company_id"]
            row = work.first(
                sa.select(CONVERSATIONS.c.id).where(
                    CONVERSATIONS.c.sender_id == sender, CONVERSATIONS.c.address == address
                )
            )
            if row is None:
                return View(room_of(sender, address), [], None, typing=False)
            entries = entries_after(work, row["id"], after)
            status, typing = _newest_status(work, row["id"]), is_typing(work, row["id"])
        contents = self._shown(company_id, [entry.content for entry in entries])
        return View(room_of(sender, address), with_contents(entries, contents), status, typing)

    def start(self, adapter: str, sender: str, address: str) -> None:
        """Start the sender's default chatbot, unless a thread is live. Raises RequestError."""
        with self._talking(adapter, sender, address) as dialogue:
            if dialogue.live() is None:
                self._start_default(dialogue, self._ids())

    def restart(self, adapter: str, sender: str, address: str, request: str) -> None:
        """Start the newest thread's chatbot anew; the same `request` again changes nothing. Raises RequestError."""
        with self._talking(adapter, sender, address) as dialogue:
            asked = event_id(dialogue, request)
            thread = dialogue.live() or dialogue.newest()
            if is_handled(dialogue, asked):
                return
            if thread is None:
                self._start_default(dialogue, asked)
            else:
                keep(dialogue, dialogue.engine.handle(thread, Restarted(**dialogue.facts(asked))))

    def act(self, adapter: str, sender: str, address: str, request: str, action: str) -> None:
        """The contact opened a link; the same `request` again changes nothing. Raises RequestError."""
        with self._talking(adapter, sender, address) as dialogue:
            asked = event_id(dialogue, request)
            thread = dialogue.live()
            if thread is not None and not is_handled(dialogue, asked):
                event = ContactActed(action=action, **dialogue.facts(asked))
                keep(dialogue, dialogue.engine.handle(thread, event))

    def subscribe(self, adapter: str, sender: str, subscription: Subscription) -> None:
        """The contact switched the sender off at the vendor, or on again. Raises RequestError."""
        with self._talking(adapter, sender, subscription.address) as dialogue:
            vendor_id, reason = subscription.vendor_id, subscription.reason
            subscription_changed(dialogue.work, dialogue.place, subscription.wanted, vendor_id, reason, dialogue.now)

    @contextmanager
    def of_thread(self, thread_id: str, company_id: str | None = None) -> Iterator[tuple[Dialogue, Thread]]:
        """A thread and its conversation, locked, for what happens to it besides messages.

        `company_id`: whose it has to be, where somebody asks. Raises NotFoundError when there is no such thread.
        """
        with self.database.transaction() as work:
            row = lock_thread(work, thread_id)
            if row is None or company_id not in (None, row["company_id"]):
                raise NotFoundError(f"There is no thread {thread_id!r}.")
            with self._dialogue(work, row) as dialogue:
                yield dialogue, dialogue.thread(thread_id)

    @contextmanager
    def of_id(self, conversation_id: str) -> Iterator[Dialogue]:
        """A conversation, locked. Raises RequestError when there is no such conversation."""
        with self.database.transaction() as work:
            row = lock_conversation(work, conversation_id)
            if row is None:
                raise RequestError(f"There is no conversation {conversation_id}.")
            with self._dialogue(work, row) as dialogue:
                yield dialogue

    def of_ids(self, work: UnitOfWork, ids: Collection[str]) -> dict[str, Dialogue]:
        """Conversations by their ids, locked in the order of these; who asks keeps their counters in the end."""
        return {row["id"]: self._opened(work, row) for row in lock_conversations(work, ids)}

    @contextmanager
    def with_contact(self, company_id: str, sender: str, address: str) -> Iterator[Dialogue]:
        """The conversation of a company's sender and an address, locked; made, with its contact, when they never met.

        Raises NotFoundError when the company has no such sender.
        """
        with self.database.transaction() as work:
            known = sa.select(SENDER_FACTS).where(SENDER_FACTS.c.id == sender, SENDER_FACTS.c.company_id == company_id)
            if work.first(known) is None:
                raise NotFoundError(f"There is no sender {sender!r}.")
            with self._met(work, company_id, sender, address) as dialogue:
                yield dialogue

    @contextmanager
    def _talking(self, adapter: str, sender: str, address: str) -> Iterator[Dialogue]:
        """The conversation of a sender and an address, locked; made when they never met."""
        with self.database.transaction() as work:
            row = lock_place(work, sender, address)
            if row is not None and row["adapter"] == adapter:
                with self._dialogue(work, row) as dialogue:
                    yield dialogue
            else:
                company_id = _known_sender(work, adapter, sender)["company_id"]
                with self._met(work, company_id, sender, address) as dialogue:
                    yield dialogue

    @contextmanager
    def _met(self, work: UnitOfWork, company_id: str, sender: str, address: str) -> Iterator[Dialogue]:
        """The conversation of a known sender and an address, locked; made when they never met."""
        row = lock_place(work, sender, address)
        if row is None:
            self._make(work, company_id, sender, address)
            row = lock_place(work, sender, address)
            assert row is not None  # it was made in this transaction, or in one that came before it
        with self._dialogue(work, row) as dialogue:
            yield dialogue

    def _make(self, work: UnitOfWork, company_id: str, sender: str, address: str) -> None:
        now = self._clock()
        row = ConversationRow(
            id=self._ids(),
            company_id=company_id,
            contact_id=ensure_contact(work, company_id, address, self._ids(), now, self._recall),
            sender_id=sender,
            address=address,
            created_at=now,
        )
        work.insert_once(CONVERSATIONS, row.model_dump())

    @contextmanager
    def _dialogue(self, work: UnitOfWork, row: sa.RowMapping) -> Iterator[Dialogue]:
        """The conversation of a locked row; its counters are kept when the block ends well."""
        with About(conversation=row["id"]):
            dialogue = self._opened(work, row)
            yield dialogue
            dialogue.keep_counters()

    def _opened(self, work: UnitOfWork, row: sa.RowMapping) -> Dialogue:
        engine = self._chatbots.conversation(work, row["company_id"], row["catalog_revision"])
        catalog = NotedCatalog(engine.catalog)
        engine.engine = Engine(catalog)
        return Dialogue(
            work=work,
            now=self._clock(),
            ids=self._ids,
            engine=engine,
            catalog=catalog,
            wakes=self._wakes,
            announcer=self.announcer_of(row["adapter"]),
            shown=self._shown,
            id=row["id"],
            place=Place(row["contact_id"], row["company_id"], row["sender_id"], row["channel"]),
            address=row["address"],
            time_zone=row["time_zone"],
            sequence=row["sequence"],
            position=row["position"],
            window=self._window_of(row["adapter"]),
            session=Session(row["window_opened_at"], row["window_messages"], row["in_a_row"]),
            subscribers=self.subscribers,
            revision=row["catalog_revision"],
            webhook_id=row["webhook_id"],
        )

    def announcer_of(self, adapter: str) -> Announcer:
        """Whom to tell what happens in the conversations of an adapter."""
        return self.announcer if self._watched(adapter) else UNWATCHED

    def _start_default(self, dialogue: Dialogue, event_id: str) -> None:
        scenario = default_chatbot(dialogue.work, dialogue.place.sender_id)
        if scenario is None:
            raise RequestError("No chatbot is the default of this sender.")
        started = Started(origin="api", **dialogue.facts(event_id))
        keep(dialogue, dialogue.engine.start(dialogue.live(), scenario, started))


def is_typing(work: UnitOfWork, conversation_id: str) -> bool:
    """A message is on its way that shows typing first."""
    return bool(
        work.value(
            sa.select(sa.literal(1))
            .where(
                OUTBOUND.c.conversation_id == conversation_id,
                IS_QUEUED,
                OUTBOUND.c.delay_ms > 0,
            )
            .limit(1)
        )
    )


def has_conversations(work: UnitOfWork, sender_id: str) -> bool:
    """Whether anybody ever wrote to a sender, or was written to through it."""
    return work.first(sa.select(CONVERSATIONS.c.id).where(CONVERSATIONS.c.sender_id == sender_id).limit(1)) is not None


def _known_sender(work: UnitOfWork, adapter: str, sender: str) -> sa.RowMapping:
    row = find_sender(work, sender, adapter)
    if row is None:
        raise RequestError(f"There is no sender {sender}.")
    return row


def _keep_attachment(dialogue: Dialogue, attachment: Attachment) -> str:
    """Note a file of the contact; its key in the media library is what the message names. Its bytes follow."""
    place = dialogue.place
    return note_incoming(dialogue.work, dialogue.ids(), dialogue.now, place.company_id, place.sender_id, attachment)


def _store(dialogue: Dialogue, inbound: Inbound, message_id: str) -> dict[str, Any]:
    """Make the row of a message, held until a turn takes it. Returns the fields of its event."""
    given = {
        "text": inbound.text,
        "postback": inbound.postback,
        "attachments": [_keep_attachment(dialogue, attachment) for attachment in inbound.attachments] or None,
        "location": inbound.location,
        "language": inbound.language,
        "in_reply_to": _message_named(dialogue, inbound.in_reply_to),
    }
    content = {name: value for name, value in given.items() if value is not None}
    row = new_row(
        InboundMessage,
        id=message_id,
        company_id=dialogue.place.company_id,
        conversation_id=dialogue.id,
        vendor_id=inbound.vendor_id,
        sequence=dialogue.next_sequence(),
        content=json_text({"type": "text", **content}),
        state="held",
        received_at=dialogue.now,
    )
    dialogue.inbox[message_id] = dialogue.work.pending.add(INBOUND, row)
    message_kept(dialogue.work, dialogue.place.channel)
    return content


def _message_named(dialogue: Dialogue, vendor_id: str | None) -> str | None:
    """The id of our message that the vendor knows under this one; an id that is none of the vendor's stays."""
    if vendor_id is None:
        return None
    named = sa.select(VENDOR_MESSAGES.c.message_id).where(
        VENDOR_MESSAGES.c.sender_id == dialogue.place.sender_id, VENDOR_MESSAGES.c.vendor_id == vendor_id
    )
    return str(dialogue.work.value(named) or vendor_id)


def _find_inbound(dialogue: Dialogue, vendor_id: str) -> sa.RowMapping | None:
    return dialogue.work.first(
        sa.select(INBOUND).where(INBOUND.c.conversation_id == dialogue.id, INBOUND.c.vendor_id == vendor_id)
    )


def _stored_entry(dialogue: Dialogue, message_id: str) -> Entry:
    return inbound_entry(dialogue.inbox[message_id])


def _held(dialogue: Dialogue) -> int:
    count = sa.select(sa.func.count()).where(
        INBOUND.c.conversation_id == dialogue.id, INBOUND.c.state == constant("held")
    )
    return int(dialogue.work.value(count))


def _newest_status(work: UnitOfWork, conversation_id: str) -> str | None:
    newest = sa.select(THREADS.c.status).where(THREADS.c.conversation_id == conversation_id)
    newest = newest.order_by(THREADS.c.id.desc()).limit(1)
    found = work.value(newest.where(IS_LIVE)) or work.value(newest)
    return None if found is None else str(found)


def event_id(dialogue: Dialogue, request: str) -> str:
    """The id of the event that a request makes: always the same for the same request of the same conversation."""
    return str(uuid5(UUID(dialogue.id), request))


def is_handled(dialogue: Dialogue, event: str) -> bool:
    """Whether a turn has handled the event of this id."""
    return dialogue.work.first(sa.select(TURNS.c.number).where(TURNS.c.event_id == event).limit(1)) is not None
