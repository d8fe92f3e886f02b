"""HTTP: templates of messages."""

from __future__ import annotations

from botflow.rest.routes import Routes
from botflow.templates.api.contents import contents_api
from botflow.templates.api.conversation import conversation_api
from botflow.templates.api.whatsapp import whatsapp_api
from botflow.templates.api.whatsapp_checking import whatsapp_checking_api
from botflow.templates.api.whatsapp_template import whatsapp_template_api
from botflow.templates.contents import ContentTemplates
from botflow.templates.conversation import ConversationTemplates
from botflow.templates.whatsapp import WhatsAppTemplates


def templates_api(
    contents: ContentTemplates, conversation: ConversationTemplates, whatsapp: WhatsAppTemplates
) -> list[Routes]:
    """Every group of routes about templates."""
    return [
        contents_api(contents),
        conversation_api(conversation),
        whatsapp_api(whatsapp),
        whatsapp_checking_api(),
        whatsapp_template_api(whatsapp),
    ]
