"""What the page's message constructor begins with (ED-2): right, but for what only the author can know."""

import json
from pathlib import Path
from typing import Any

import pytest

from botflow_runtime.content import CHANNELS

FILE = Path(__file__).parents[3] / "builder_ui" / "src" / "messages" / "newMessages.json"
"""Written by builder_ui/src/messages/making.test.ts, which fails where the page makes something else."""
MESSAGES: list[dict[str, Any]] = json.loads(FILE.read_text())
CODES_OF_WHAT_IS_NOT_WRITTEN_YET = {"missing", "blank"}
OF_THE_AUTHOR = {"media", "url", "latitude", "longitude", "name", "language", "phone", "start", "end"} | {
    *("text", "title", "header", "body", "subject"),
}


def test_there_is_one_of_every_type() -> None:
    made = {(message["channel"], message["content"]["type"]) for message in MESSAGES}
    assert made == {(name, kind) for name, channel in CHANNELS.items() for kind in channel.types}


@pytest.mark.parametrize("message", MESSAGES, ids=lambda message: f"{message['channel']} {message['content']['type']}")
def test_it_lacks_nothing_but_what_the_author_knows(message: dict[str, Any]) -> None:
    for problem in CHANNELS[message["channel"]].problems(message["content"], rendered=True):
        is_open = problem.code in CODES_OF_WHAT_IS_NOT_WRITTEN_YET and problem.path[-1] in OF_THE_AUTHOR
        is_place = problem.code == "one_place" and _at(message["content"], problem.path)["type"] == "show_location"
        assert is_open or is_place, problem


def _at(value: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        value = value[step]
    return value
