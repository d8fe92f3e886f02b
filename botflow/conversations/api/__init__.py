"""HTTP: what vendors send, and messages that programs send."""

from botflow.conversations.api.messages import messages_api
from botflow.conversations.api.webhooks import WEBHOOK_BYTES, webhooks_api

__all__ = ["WEBHOOK_BYTES", "messages_api", "webhooks_api"]
