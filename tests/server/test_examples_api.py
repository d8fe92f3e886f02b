"""The examples over HTTP: what a new chatbot can be made from (ED-5)."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from botflow.db import Database
from tests.server.api import Api
from tests.server.scenarios import ECHO, GREETER

FILES = {"b.json": json.dumps(GREETER), "a.json": json.dumps(ECHO), "broken.json": "{", "other.json": "{}"}


@pytest.fixture
def examples(sqlite: Database, tmp_path: Path) -> Iterator[Api]:
    folder = tmp_path / "examples"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text)
    api = Api(sqlite, tmp_path, examples=folder)
    yield api
    api.close()


def test_examples_are_listed_by_their_names(examples: Api) -> None:
    found = examples.call("GET", "/examples", key=examples.key("acme")).get_json()
    assert [example["id"] for example in found["items"]] == ["echo", "greeter"]


def test_an_example_is_a_file_that_can_be_imported(examples: Api) -> None:
    key = examples.key("acme")
    _, greeter = examples.call("GET", "/examples", key=key).get_json()["items"]
    assert greeter["document"] == GREETER
    saved = examples.call("POST", "/chatbots/import", {"file": greeter["document"], "id": "mine"}, key=key)
    assert (saved.status_code, saved.get_json()["id"]) == (201, "mine")


def test_a_server_without_examples_has_none(api: Api) -> None:
    assert api.call("GET", "/examples", key=api.key("acme")).json == {"items": []}
