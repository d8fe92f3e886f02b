"""The walk's templates."""

from botflow.templates.service import CONTENTS
from tests.server.api import Api
from tests.server.scenarios import text
from tests.server.walk import MARK, Made

NEW = {"name": "Ours", "channel": "webchat", "content": text("Hello {{name}}")}


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


BODIES = {
    "create_content_template": lambda made: NEW,
    "change_content_template": lambda made: {"name": "Other"},
}
MAKERS = {"content_template_id": make_content_template}
