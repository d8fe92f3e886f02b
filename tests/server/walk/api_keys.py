"""The walk's API keys."""

from tests.server.api import Api
from tests.server.walk import MARK, Made


def make_key(api: Api, company: str, made: Made) -> str:
    with api.database.transaction() as work:
        return api.parts.keys.make(work, api.caller(company), f"{MARK} key", ["chatbots.view"]).id


MAKERS = {"key_id": make_key}
BODIES = {"create_api_key": lambda made: {"name": "Another", "scopes": ["chatbots.view"]}}
