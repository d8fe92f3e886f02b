"""Several chatbots at once: published, switched on and off, exported, deleted (CB-1, CB-10)."""

import json
import zipfile
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.test_accessibility import objections
from tests.e2e.workspace import NewWorkspace, Workspace


@pytest.fixture
def workspace(new_workspace: NewWorkspace) -> Iterator[Workspace]:
    """A high page: the table makes only the rows that are in view. Names that begin with 0 are its first ones.

    What was made is deleted again: the first rows belong to other tests too.
    """
    made_here = new_workspace(size=(1280, 1600))
    yield made_here
    for chatbot in made_here.ask("GET", "/chatbots?limit=200")["items"]:
        if chatbot["name"].startswith("0 "):
            made_here.ask("DELETE", f"/chatbots/{chatbot['id']}")


def made(workspace: Workspace, name: str, leads_to: str | None = None, says: str | None = None) -> str:
    """A chatbot that answers with its name, maybe with a link to nowhere, or a test of what it says; its id."""
    step = {"type": "static_message", "content": {"type": "text", "text": name}}
    node: dict[str, Any] = {"id": "a", "kind": "action", "role": "start", "label": "Greet", "step": step}
    identity = name.removeprefix("0 ").lower().replace(" ", "-")
    file = {
        "format": "botflow.scenario/1",
        "id": identity,
        "name": name,
        "channel": "webchat",
        "language": "en",
        "settings": {"is_default": True},
        "nodes": [node | ({"next": [leads_to]} if leads_to else {"final": True})],
    }
    if says is not None:
        file["tests"] = [{"name": f"It says {says}", "turns": [{"in": "hello", "out": [says]}]}]
    workspace.ask("POST", "/chatbots/import", {"file": file, "id": identity, "overwrite": True})
    return identity


def choose(workspace: Workspace, *names: str) -> Locator:
    """Tick chatbots; the bar that says what can be done with all of them."""
    workspace.open("/chatbots", "Chatbots")
    for name in names:
        workspace.row(name).get_by_role("checkbox").check()
    bar = workspace.page.get_by_role("toolbar", name=f"{len(names)} chatbots are chosen")
    expect(bar).to_be_visible()
    return bar


def version(workspace: Workspace, identity: str) -> Any:
    return workspace.ask("GET", f"/chatbots/{identity}")["newest_version"]


def test_several_are_published_and_one_that_cannot_be_stops_none(workspace: Workspace) -> None:
    fine = made(workspace, "0 Crew fine", says="0 Crew fine")
    broken = made(workspace, "0 Crew broken", leads_to="nowhere")
    failing = made(workspace, "0 Crew failing", says="Something else")
    tacit = made(workspace, "0 Crew tacit")
    bar = choose(workspace, "0 Crew fine", "0 Crew broken", "0 Crew failing", "0 Crew tacit")
    bar.get_by_role("button", name="Publish").click()
    dialog = workspace.dialog
    one = {
        name: dialog.get_by_role("listitem").filter(has_text=name)
        for name in ("0 Crew fine", "0 Crew broken", "0 Crew failing")
    }
    expect(one["0 Crew fine"]).to_contain_text("Ready, its test passes")
    expect(one["0 Crew broken"]).to_contain_text("One error")
    expect(one["0 Crew broken"].get_by_role("checkbox")).to_be_disabled()
    expect(one["0 Crew failing"]).to_contain_text("One test fails")
    expect(one["0 Crew failing"].get_by_role("checkbox")).not_to_be_checked()
    one["0 Crew failing"].get_by_role("button", name="Show what was found").click()
    expect(one["0 Crew failing"]).to_contain_text("This test fails: It says Something else")
    dialog.get_by_label("What is new").fill("All of them")
    expect(dialog.get_by_role("button", name="Publish 2")).to_be_enabled()
    assert objections(workspace.page) == []
    one["0 Crew fine"].get_by_role("checkbox").press("Enter")  # publishes nothing: the note is still there below
    # somebody saves one of them meanwhile: it is not published unseen
    workspace.ask("PATCH", f"/chatbots/{tacit}", {"name": "0 Crew tacit still"})
    dialog.get_by_label("What is new").press("Enter")
    expect(dialog.get_by_role("status")).to_contain_text("1 of 2 are published.")
    expect(dialog.get_by_role("alert").filter(has_text="0 Crew tacit")).to_be_visible()
    expect(one["0 Crew fine"]).to_contain_text("Version 1 is published")
    assert [version(workspace, one) for one in (fine, broken, failing, tacit)] == [1, 0, 0, 0]
    assert workspace.ask("GET", f"/chatbots/{fine}/versions")["items"][0]["note"] == "All of them"


def test_one_whose_tests_fail_is_published_where_somebody_says_so(workspace: Workspace) -> None:
    failing = made(workspace, "0 Team failing", says="Something else")
    made(workspace, "0 Team other", says="0 Team other")
    choose(workspace, "0 Team failing", "0 Team other").get_by_role("button", name="Publish").click()
    workspace.dialog.get_by_label("0 Team failing").check()
    other = workspace.dialog.get_by_label("0 Team other")
    expect(other).to_be_checked()  # once it was looked at
    other.uncheck()
    workspace.dialog.get_by_role("button", name="Publish one").click()
    expect(workspace.dialog.get_by_role("status")).to_contain_text("1 of 1 is published.")
    assert version(workspace, failing) == 1


def test_several_are_switched_on_and_off_on_a_sender(workspace: Workspace) -> None:
    first, second = made(workspace, "0 Shift one"), made(workspace, "0 Shift two")
    sender: dict[str, Any] = {"id": "shift-desk", "name": "Shift desk", "adapter": "webchat", "status": "active"}
    workspace.ask("POST", "/senders", sender)
    workspace.ask("PUT", f"/chatbots/{first}/senders/shift-desk", {"is_default": True})
    choose(workspace, "0 Shift one", "0 Shift two").get_by_role("button", name="Senders").click()
    dialog = workspace.dialog
    dialog.get_by_label("1 of 2 run on Shift desk").click()
    expect(dialog.get_by_label("2 of 2 run on Shift desk")).to_be_checked()
    places = [workspace.ask("GET", f"/chatbots/{one}")["senders"] for one in (first, second)]
    assert places == [[{"sender": "shift-desk", "is_default": True}], [{"sender": "shift-desk", "is_default": False}]]
    dialog.get_by_label("2 of 2 run on Shift desk").click()
    expect(dialog.get_by_label("0 of 2 run on Shift desk")).not_to_be_checked()
    expect(dialog.get_by_role("status")).to_contain_text("2 of 2 are switched.")
    assert workspace.ask("GET", f"/chatbots/{second}")["senders"] == []


def test_several_are_exported_as_one_bundle(workspace: Workspace) -> None:
    made(workspace, "0 Parcel one")
    made(workspace, "0 Parcel two")
    bar = choose(workspace, "0 Parcel one", "0 Parcel two")
    with workspace.page.expect_download() as download:
        bar.get_by_role("link", name="Export").click()
    with zipfile.ZipFile(download.value.path()) as bundle:
        files = [json.loads(bundle.read(name)) for name in bundle.namelist() if name.startswith("scenarios/")]
    assert [one["name"] for one in files] == ["0 Parcel one", "0 Parcel two"]


def test_several_are_deleted_once_it_is_confirmed(workspace: Workspace) -> None:
    for name in ("0 Litter one", "0 Litter two"):
        made(workspace, name)
    choose(workspace, "0 Litter one", "0 Litter two").get_by_role("button", name="Delete").click()
    expect(workspace.dialog).to_contain_text("Delete 2 chatbots?")
    # somebody else was faster with one of them: that is said, and the other is gone
    workspace.ask("DELETE", "/chatbots/litter-one")
    workspace.dialog.get_by_role("button", name="Delete").click()
    expect(workspace.dialog.get_by_role("status")).to_contain_text("1 of 2 are deleted.")
    expect(workspace.dialog.get_by_role("alert").filter(has_text="0 Litter one")).to_be_visible()
    workspace.press("Close")
    expect(workspace.row("0 Litter two")).to_have_count(0)
    expect(workspace.page.get_by_role("toolbar", name="chosen")).to_have_count(0)
