"""The walk's consent: a contact, an erasure, a word of a channel, an entry of a blacklist."""

from botflow.consent.settings import Blacklisted, ChannelWord, add_channel_word, add_to_blacklist
from botflow.contacts.service import ensure_contact
from botflow.db import new_row
from botflow.erasure.models import ErasureRow
from botflow.erasure.service import ERASURES
from tests.server.api import Api
from tests.server.walk import MARK, Made


def make_contact(api: Api, company: str, made: Made) -> str:
    with api.database.transaction() as work:
        return ensure_contact(work, company, f"{MARK}-contact", f"contact-of-{company}", api.now)


def make_word(api: Api, company: str, made: Made) -> str:
    with api.database.transaction() as work:
        add_channel_word(work, company, f"word-of-{company}", ChannelWord("webchat", f"{MARK} word"), api.now)
    return f"word-of-{company}"


def make_entry(api: Api, company: str, made: Made) -> str:
    with api.database.transaction() as work:
        return add_to_blacklist(
            work, company, f"entry-of-{company}", Blacklisted(f"{MARK}-address", "inbound"), api.now
        )


def make_erasure(api: Api, company: str, made: Made) -> str:
    row = new_row(
        ErasureRow,
        id=f"erasure-of-{company}",
        company_id=company,
        contact_id="somebody",
        state="done",
        digests=[],
        actor=MARK,
        counts={},
        requested_at=api.now,
    )
    with api.database.transaction() as work:
        work.execute(ERASURES.insert().values(row))
    return str(row["id"])


MAKERS = {"contact_id": make_contact, "word_id": make_word, "entry_id": make_entry, "erasure_id": make_erasure}
BODIES = {
    "record_explicit_consent": lambda made: {"sender_id": made["sender_id"], "evidence": "on the phone"},
    "change_opt_out": lambda made: {"sender_id": made["sender_id"], "opted_out": True},
    "change_compliance": lambda made: {"compliance": "no"},
    "create_contact": lambda made: {"phone": "+34600111222"},
    "change_contact": lambda made: {"name": "Another"},
    "change_contacts": lambda made: {"ids": [made["contact_id"]], "name": "Another"},
    "delete_contacts": lambda made: {"ids": [made["contact_id"]]},
    "put_sender_consent": lambda made: {"help_words": ["info"], "help_response": {"type": "text", "text": "Ask away."}},
    "add_opt_out_word": lambda made: {"channel": "webchat", "word": "baja"},
    "put_opt_out_word": lambda made: {"channel": "webchat", "word": "baja"},
    "add_to_blacklists": lambda made: {"address": "+15550000", "direction": "inbound"},
}
