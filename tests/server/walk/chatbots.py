"""The walk's chatbots."""

import json
from typing import Any

from botflow.chatbots.authoring import Authoring
from tests.server.api import Api
from tests.server.scenarios import GREETER, say, scenario
from tests.server.walk import MARK, Made


def make_chatbot(api: Api, company: str, made: Made) -> str:
    chatbot = f"chatbot-of-{company}"
    authoring: Authoring = api.parts.authoring
    file = scenario(chatbot, say("hello", f"{MARK} words")) | {"name": f"{MARK} chatbot"}
    authoring.save(api.caller(company), chatbot, json.dumps(file), None)
    authoring.publish(api.caller(company), chatbot, note=f"{MARK} note")
    return chatbot


def file_of(made: Made) -> dict[str, Any]:
    return GREETER | {"id": made["chatbot_id"]}


def make_rollout(api: Api, company: str, made: Made) -> str:
    """Of the chatbot: what was done with its threads."""
    caller = api.caller(company)
    made_of = api.parts.authoring.publish(caller, made["chatbot_id"], running="move")
    assert made_of.rollout is not None
    return made_of.rollout


MAKERS = {"chatbot_id": make_chatbot, "rollout_id": make_rollout, "number": lambda api, company, made: "1"}
BODIES = {
    "try_patterns": lambda made: {"patterns": ["a+"], "text": "banana"},
    "try_expression": lambda made: {"expression": "'{{a}}' = 'b'", "values": {"a": "b"}},
    "try_script": lambda made: {"language": "python", "source": "return 1"},
    "try_chatbot": lambda made: {"document": GREETER, "transcript": {"turns": [{"in": "hello"}]}},
    "put_draft": file_of,
    "be_present": lambda made: {"page": "p1"},
    "check_file": lambda made: GREETER,
    "import_file": lambda made: {"file": GREETER},
    "change_chatbot": lambda made: {"name": "Another"},
    "copy_chatbot": lambda made: {"id": "copy"},
    "enable_chatbot": lambda made: {},
    "publish_chatbot": lambda made: {},
    "roll_back_chatbot": lambda made: {},
    "restore_version": lambda made: {},
    "import_bundle": lambda made: b"no zip file",
}
QUERIES = {"put_draft": "revision=1"}
