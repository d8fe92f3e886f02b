"""HTTP: what vendors send, messages, threads and answers."""

from botflow.conversations.api.answers import answers_api
from botflow.conversations.api.messages import messages_api
from botflow.conversations.api.threads import threads_api
from botflow.conversations.api.webhooks import WEBHOOK_BYTES, webhooks_api

__all__ = ["WEBHOOK_BYTES", "answers_api", "messages_api", "threads_api", "webhooks_api"]
