"""The walk's templates."""

from botflow.audit.service import Audit
from botflow.ids import Ids
from botflow.senders.service import ensure_sender
from botflow.templates.conversation import ConversationTemplates
from botflow.templates.service import CONTENTS
from botflow.templates.whatsapp import WhatsAppTemplates
from tests.server.api import Api
from tests.server.scenarios import text
from tests.server.walk import MARK, Made

NEW = {"name": "Ours", "channel": "webchat", "content": text("Hello {{name}}")}
NEW_FOR_OPERATORS = {"name": "Ours", "text": "Hello {{name}}"}


def make_content_template(api: Api, company: str, made: Made) -> str:
    template = f"content-template-of-{company}"
    row = {
        "id": template,
        "company_id": company,
        "name": f"{MARK} template",
        "channel": "webchat",
        "content": text(f"{MARK} words"),
        "created_at": api.now,
        "updated_at": api.now,
    }
    with api.database.transaction() as work:
        work.execute(CONTENTS.insert().values(row))
    return template


def make_conversation_template(api: Api, company: str, made: Made) -> str:
    ids = Ids(lambda: api.now)
    templates = ConversationTemplates(api.database, Audit(lambda: api.now, ids), lambda: api.now, ids)
    draft = {"name": f"{MARK} welcome", "channel": None, "text": f"{MARK} words", "files": [made["media_key"]]}
    made_id: str = templates.make(api.caller(company), draft)["id"]
    return made_id


def make_whatsapp_sender(api: Api, company: str, made: Made) -> str:
    sender = f"whatsapp-of-{company}"
    with api.database.transaction() as work:
        ensure_sender(work, sender, company, f"{MARK} shop", "whatsapp", "webchat", api.now)
    return sender


def make_whatsapp_template(api: Api, company: str, made: Made) -> str:
    sender = made["whatsapp_sender_id"]
    ids = Ids(lambda: api.now)
    audit = Audit(lambda: api.now, ids)
    templates = WhatsAppTemplates(api.database, api.parts.core.accounts, audit, lambda: api.now, ids)
    fields = {"name": "order_sent", "language": "en", "category": "utility", "components": body(f"{MARK} words")}
    made_id: str = templates.make(api.caller(company), sender, fields)["id"]
    return made_id


def body(words: str) -> list[dict[str, str]]:
    return [{"type": "BODY", "text": words}]


BODIES = {
    "create_content_template": lambda made: NEW,
    "change_content_template": lambda made: {"name": "Other"},
    "check_content_template": lambda made: {"channel": "webchat", "content": text("Hello {{name}}")},
    "create_conversation_template": lambda made: NEW_FOR_OPERATORS,
    "change_conversation_template": lambda made: {"name": "Other"},
    "check_conversation_template": lambda made: NEW_FOR_OPERATORS,
    "create_whatsapp_template": lambda made: {
        "sender": made["whatsapp_sender_id"],
        "name": "other",
        "language": "en",
        "category": "utility",
        "components": body("Hello"),
    },
    "check_whatsapp_template": lambda made: {
        "name": "other",
        "language": "en",
        "category": "utility",
        "components": body("Hello"),
    },
    "change_whatsapp_template": lambda made: {"components": body("Hello")},
    "import_whatsapp_templates": lambda made: {"sender": made["whatsapp_sender_id"]},
}
MAKERS = {
    "content_template_id": make_content_template,
    "conversation_template_id": make_conversation_template,
    "whatsapp_sender_id": make_whatsapp_sender,
    "whatsapp_template_id": make_whatsapp_template,
}
