"""The walk's applications for sender IDs."""

from botflow.audit.service import Audit
from botflow.ids import Ids
from botflow.registrations.service import Registrations
from tests.server.api import Api
from tests.server.walk import MARK, Made

NEW = {"channel": "sms", "name": "Ours", "details": {"countries": ["ES"], "sample": "Hello"}}


def make_registration(api: Api, company: str, made: Made) -> str:
    ids = Ids(lambda: api.now)
    audit = Audit(lambda: api.now, ids)
    registrations = Registrations(api.database, api.parts.core.assets, audit, lambda: api.now, ids)
    row = registrations.make(api.caller(company), "rcs", f"{MARK} agent", {"description": f"{MARK} words"})
    return str(row["id"])


BODIES = {
    "create_sender_registration": lambda made: NEW,
    "check_sender_registration": lambda made: NEW,
    "change_sender_registration": lambda made: {"name": "Other"},
    "move_sender_registration": lambda made: {"status": "submitted"},
}
MAKERS = {"registration_id": make_registration}
