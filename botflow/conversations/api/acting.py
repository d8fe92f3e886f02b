"""HTTP: what people and programs let happen to threads (TH-2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import Field

from botflow.conversations import operators
from botflow.conversations.listing import find_thread
from botflow.conversations.operators import Acted, By
from botflow.conversations.service import Conversations
from botflow.permissions import THREADS_ACT, Caller, check_sender
from botflow.rest.routes import Routes
from botflow.rest.types import Body, Id, Text, View
from botflow_runtime.events import Origin


class Request(Body):
    """What is asked."""

    request: Id | None = Field(
        default=None, description="Your own id of the request: the same again changes nothing and tells how it is."
    )


class Begin(Request):
    """What to start. An Active or Stuck thread of the conversation ends as replaced."""

    chatbot: Text | None = Field(default=None, description="Null: that of the thread.")
    node: Text | None = Field(default=None, description="Id of the node to start at; null: the start node.")
    sender: Text | None = Field(default=None, description="Id of a sender; null: that of the thread.")
    variables: dict[str, Any] = {}


class ActedView(View):
    """What came of it. `thread` is null where nothing started, because a person has the conversation."""

    conversation: str
    thread: str | None
    status: str | None
    reason: str | None


class Acting:
    """Lets something happen for whoever asks; `ids` gives requests that have no id one of their own."""

    def __init__(self, conversations: Conversations, ids: Callable[[], str]) -> None:
        self.database = conversations.database
        self._conversations = conversations
        self._ids = ids

    def act(self, action: str, caller: Caller, thread_id: str, body: Request) -> ActedView:
        """One of operators.ACTIONS. Raises NotFoundError, NotAllowedError, ConflictError."""
        with self.database.reading() as work:
            find_thread(work, caller, thread_id)
        return _acted(operators.ACTIONS[action](self._conversations, self._by(caller, body), thread_id))

    def begin(
        self, caller: Caller, request: Request, sender: str, address: str, chatbot: str, **more: Any
    ) -> ActedView:
        """Start a chatbot at an address of a sender. Raises NotFoundError, NotAllowedError, ConflictError."""
        check_sender(caller, sender)
        origin: Origin = "operator" if caller.user is not None else "api"
        by = self._by(caller, request)
        return _acted(operators.start(self._conversations, by, sender, address, chatbot, origin=origin, **more))

    def _by(self, caller: Caller, body: Request) -> By:
        return By(caller.company, body.request or self._ids(), caller.user)


def acting_api(acting: Acting) -> Routes:
    """Routes that let something happen to a thread."""
    routes = Routes("threads", "/threads/<thread_id>")

    @routes.post("/start", THREADS_ACT)
    def start_from_thread(caller: Caller, thread_id: str, body: Begin) -> ActedView:
        """Start a thread's contact anew: at a chosen node, with another chatbot, through another sender (TH-2)."""
        with acting.database.reading() as work:
            found = find_thread(work, caller, thread_id)
        sender, chatbot = body.sender or found["sender_id"], body.chatbot or found["scenario"]
        return acting.begin(caller, body, sender, found["address"], chatbot, node=body.node, variables=body.variables)

    @routes.post("/stop", THREADS_ACT)
    def stop_thread(caller: Caller, thread_id: str, body: Request) -> ActedView:
        """End a live thread, and take back what has not left."""
        return acting.act("stop", caller, thread_id, body)

    @routes.post("/resume", THREADS_ACT)
    def resume_thread(caller: Caller, thread_id: str, body: Request) -> ActedView:
        """Let a stopped or handed-over thread go on from where it was."""
        return acting.act("resume", caller, thread_id, body)

    @routes.post("/restart", THREADS_ACT)
    def restart_thread(caller: Caller, thread_id: str, body: Request) -> ActedView:
        """Let a thread's chatbot begin anew, in its newest version."""
        return acting.act("restart", caller, thread_id, body)

    @routes.post("/resolve", THREADS_ACT)
    def resolve_thread(caller: Caller, thread_id: str, body: Request) -> ActedView:
        """End a thread that a person has."""
        return acting.act("resolve", caller, thread_id, body)

    return routes


def _acted(done: Acted) -> ActedView:
    return ActedView(conversation=done.conversation_id, thread=done.thread_id, status=done.status, reason=done.reason)
