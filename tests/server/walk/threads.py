"""The walk's threads and conversations."""

from botflow.conversations import operators
from botflow.conversations.operators import By
from tests.server.api import Api
from tests.server.walk import MARK, Made


def make_thread(api: Api, company: str, made: Made) -> str:
    sender, chatbot = made["sender_id"], made["chatbot_id"]
    api.parts.authoring.enable(api.caller(company), chatbot, sender, is_default=False)
    asked = By(company, f"{MARK} request")
    started = operators.start(api.parts.core.conversations, asked, sender, f"{MARK}-visitor", chatbot)
    return str(started.thread_id)


def make_conversation(api: Api, company: str, made: Made) -> str:
    """That of the thread."""
    with api.parts.core.conversations.of_thread(made["thread_id"]) as (dialogue, _):
        return dialogue.id


MAKERS = {"thread_id": make_thread, "conversation_id": make_conversation}
BODIES = {
    "start_thread": lambda made: {"sender": made["sender_id"], "to": "visitor", "chatbot": made["chatbot_id"]},
    "start_from_thread": lambda made: {"sender": made["sender_id"]},
    "stop_thread": lambda made: {},
    "resume_thread": lambda made: {},
    "restart_thread": lambda made: {},
    "resolve_thread": lambda made: {},
}
QUERIES = {"count_answers": "field=colour"}
