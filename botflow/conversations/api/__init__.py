"""HTTP: what vendors send, messages, threads and answers."""

from __future__ import annotations

from collections.abc import Callable

from botflow.chatbots.service import Chatbots
from botflow.conversations.api.acting import Acting, acting_api
from botflow.conversations.api.answers import answers_api
from botflow.conversations.api.history import history_api
from botflow.conversations.api.inspection import inspection_api
from botflow.conversations.api.messages import messages_api
from botflow.conversations.api.threads import threads_api
from botflow.conversations.api.webhooks import WEBHOOK_BYTES, webhooks_api
from botflow.conversations.service import Conversations
from botflow.rest.routes import Routes
from botflow.senders.service import SenderAccounts

__all__ = ["WEBHOOK_BYTES", "answers_api", "conversations_api", "messages_api", "webhooks_api"]


def conversations_api(
    conversations: Conversations, accounts: SenderAccounts, chatbots: Chatbots, ids: Callable[[], str]
) -> list[Routes]:
    """Every group of routes about threads and their conversations."""
    acting = Acting(conversations, ids)
    database = conversations.database
    return [
        threads_api(acting, accounts),
        inspection_api(database, chatbots),
        acting_api(acting),
        history_api(database),
    ]
