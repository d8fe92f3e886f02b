"""The first start: somebody can sign in, and strangers cannot try the examples unless that is meant."""

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import socketio
from flask import Flask

from botflow.app import create_app, parts_of, prepare
from botflow.config import Settings
from botflow.errors import StartError
from tests.server.process import Page, ServerProcess
from tests.server.scenarios import ECHO


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    folder = tmp_path / "examples"
    folder.mkdir()
    (folder / "echo.json").write_text(json.dumps(ECHO))
    return folder


@pytest.fixture
def start(tmp_path: Path, examples: Path) -> Iterator[Callable[..., tuple[Flask, str | None]]]:
    """Starts a server; returns its app, and the password that it would print."""
    started: list[Flask] = []

    def starting(**settings: Any) -> tuple[Flask, str | None]:
        chosen = Settings(data=tmp_path, **{"examples": examples, **settings})
        password = prepare(chosen).password
        started.append(create_app(chosen))
        return started[-1], password

    yield starting
    for app in started:
        parts_of(app).stop()


def sign_in(app: Flask, password: str) -> Any:
    answer = app.test_client().post("/api/v1/session", json={"login": "admin", "password": password})
    return answer.get_json() if answer.status_code == 200 else answer.status_code


def test_the_first_start_makes_the_owner_of_the_system_and_later_ones_nothing(
    start: Callable[..., tuple[Flask, str | None]],
) -> None:
    app, password = start()
    assert password is not None
    owner = sign_in(app, password)
    assert (owner["role"], owner["system_owner"], owner["company"]) == ("admin", True, "demo")
    assert owner["password_needed"]
    again, other = start(admin_password="Another-Horse-8")
    assert other is None
    assert sign_in(again, "Another-Horse-8") == 401
    assert sign_in(again, password)["login"] == "admin"


def test_without_examples_the_first_company_is_an_empty_one(start: Callable[..., tuple[Flask, str | None]]) -> None:
    app, password = start(examples=None)
    assert sign_in(app, str(password))["company"] == "main"


def test_a_chosen_password_is_not_printed_and_has_to_be_changed(
    start: Callable[..., tuple[Flask, str | None]],
) -> None:
    app, password = start(admin_password="Chosen-Horse-8")
    assert password is None
    assert "given to you" in sign_in(app, "Chosen-Horse-8")["password_needed"]


def test_a_chosen_password_that_is_no_good_one_ends_the_start_and_is_not_told(
    start: Callable[..., tuple[Flask, str | None]],
) -> None:
    with pytest.raises(StartError, match="BOTFLOW_ADMIN_PASSWORD") as refused:
        start(admin_password="chosen")
    assert "chosen" not in str(refused.value)


LOCAL: list[tuple[dict[str, Any], bool]] = [
    ({}, True),
    ({"host": "::1"}, True),
    ({"host": "localhost"}, True),
    ({"host": "127.3.2.1"}, True),
    ({"host": "0.0.0.0"}, False),
    ({"host": "::"}, False),
    ({"host": "bots.example.com"}, False),
    ({"public_url": "https://bots.example.com"}, False),
    ({"allowed_hosts": ("bots.example.com",)}, False),
]


def test_whether_only_this_machine_reaches_the_server() -> None:
    assert [Settings(**given).is_local for given, _ in LOCAL] == [local for _, local in LOCAL]


def test_strangers_try_the_examples_only_where_that_is_meant(start: Callable[..., tuple[Flask, str | None]]) -> None:
    def offered(**settings: Any) -> list[str]:
        app, _ = start(**settings)
        listed = app.test_client().get("/api/v1/webchat/chatbots").get_json()["chatbots"]
        return [one["id"] for one in listed]

    assert offered() == [ECHO["id"]]
    assert offered(host="0.0.0.0") == []
    assert offered(host="0.0.0.0", open_examples=True) == [ECHO["id"]]


def test_the_password_is_printed_once_and_opens_the_door(serve: Callable[..., ServerProcess]) -> None:
    server = serve(ECHO, BOTFLOW_PUBLIC_URL="https://bots.example.com")
    found = re.search(r"Sign in as admin with the one-time password (\w+) ", server.log())
    assert found is not None
    server.stop()
    server.start()
    assert server.log().count(found[1]) == 1
    # and the senders of the examples answer nobody
    page = Page(server, f"demo-{ECHO['id']}")
    page._client = client = socketio.Client(reconnection=False)
    client.connect(server.url, transports=["websocket"])
    page._socket = client.eio.ws
    for event, fields in (("open", {"after": 0}), ("start", {}), ("send", {"id": "1", "text": "hi"})):
        answer = page.call(event, **fields)
        assert answer == {"ok": False, "error": f"There is no sender demo-{ECHO['id']}."}
    page.disconnect()
