"""The draft tried in a chat beside the canvas (ED-4): the way lights up, and a chat becomes a test of the chatbot."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.builder import Builder
from tests.e2e.conftest import PHONE, NewContext
from tests.e2e.test_accessibility import objections
from tests.e2e.test_roles import made, of_role
from tests.e2e.workspace import NewWorkspace, Workspace
from tests.server.scenarios import ask, code, say, scenario


class Trying(Builder):
    """The drawer with the chat, as somebody sees it who tries a chatbot."""

    def put(self, file: dict[str, Any]) -> None:
        """A draft, on the canvas."""
        self.ask("PUT", f"/chatbots/{file['id']}/draft?overwrite=true", file)
        self.open(f"/chatbots/{file['id']}/canvas", file["name"])

    @property
    def drawer(self) -> Locator:
        return self.page.get_by_role("complementary", name="Try the chatbot")

    def write(self, text: str) -> None:
        self.drawer.get_by_label("Write a message").fill(text)
        self.page.keyboard.press("Enter")

    def hears(self, text: str) -> None:
        """The chatbot says so."""
        expect(self.drawer.get_by_role("log").get_by_text(text, exact=True)).to_be_visible()

    def choose(self, menu: str, entry: str) -> None:
        self.drawer.get_by_role("button", name=menu).click()
        self.page.get_by_role("menuitem", name=entry).click()

    def lights(self, name: str) -> Locator:
        """The card of a step."""
        return self.node(name).locator("[data-kind]")

    def save_as_test(self, name: str) -> None:
        self.drawer.get_by_role("button", name="Save as test").click()
        self.dialog.get_by_label("Name of the test").fill(name)
        self.press("Save")
        self.is_saved()


@pytest.fixture
def trying(workspace: Workspace) -> Trying:
    return Trying(workspace.page, workspace.server)


def named(node: dict[str, Any], label: str) -> dict[str, Any]:
    return node | {"label": label}


DINER = scenario(
    "diner",
    named(ask("name", "Hi! Your name?", "name", "size"), "Ask the name"),
    named(ask("size", "Which size, {{name}}?", "size", "done"), "Ask the size"),
    named(say("done", "One {{size}} for {{name}}."), "Confirm"),
    named(say("late", "The oven rests.", role="response_timeout"), "Nobody answers"),
    named(say("sorry", "Call us, please.", role="failover"), "Apologise"),
    response_timeout={"seconds": 300, "action": "node"},
    on_failure={"action": "failover"},
)
"""Asks two questions; waits five minutes; a message that does not arrive has another follow."""


def test_the_way_lights_up_and_the_saved_chat_is_what_the_command_plays(trying: Trying, tmp_path: Path) -> None:
    trying.put(DINER)
    trying.press("Try it")
    trying.hears("Hi! Your name?")
    expect(trying.lights("Ask the name")).to_have_attribute("data-light", "waits")
    trying.write("Ann")
    trying.hears("Which size, Ann?")
    expect(trying.lights("Ask the name")).to_have_attribute("data-light", "past")
    expect(trying.page.locator(".react-flow__edge.mark-now")).to_have_count(1)
    trying.choose("Skip time", "5 minutes, until: no answer")
    trying.hears("The oven rests.")
    trying.hears("The chat has ended: there was no answer.")
    expect(trying.lights("Nobody answers")).to_have_attribute("data-light", "now")
    trying.save_as_test("Nobody is there")

    trying.drawer.get_by_role("button", name="Start over").click()
    trying.write("Bob")
    trying.hears("Which size, Bob?")
    trying.choose("More that can happen", "The last message is not delivered")
    trying.hears("Call us, please.")
    trying.save_as_test("A message is lost")

    trying.drawer.get_by_role("tab", name="Tests").click()
    trying.press("Run all")
    expect(trying.drawer.get_by_role("status")).to_have_text("2 of 2 pass")
    expect(trying.drawer.get_by_text("The tests reach 4 of 5 steps.")).to_be_visible()
    trying.drawer.get_by_label("Show them on the canvas").check()
    expect(trying.lights("Confirm")).to_have_attribute("data-light", "untested")
    expect(trying.lights("Apologise")).to_have_attribute("data-light", "tested")

    file = trying.page.request.get(f"{trying.server.url}/api/v1/chatbots/diner/file")
    assert [turn.get("out") for turn in file.json()["tests"][0]["turns"]] == [
        ["Hi! Your name?"],
        ["Which size, Ann?"],
        ["The oven rests."],
    ]
    assert played(file.text(), tmp_path) == {"Nobody is there": True, "A message is lost": True}


def played(file: str, folder: Path) -> dict[str, bool]:
    """Which tests of a scenario file pass, as `botflow test` has it."""
    path = folder / "file.json"
    path.write_text(file)
    command = [str(Path(sys.executable).with_name("botflow")), "test", str(path), "--json"]
    answer = subprocess.run(command, capture_output=True, text=True, check=False)
    return {one["transcript"].removeprefix(f"{path}: "): one["passed"] for one in json.loads(answer.stdout)}


def test_a_change_of_the_draft_shows_in_the_chat_and_in_its_tests(trying: Trying) -> None:
    trying.put(DINER | {"id": "changing"})
    trying.press("Try it")
    trying.write("Ann")
    trying.hears("Which size, Ann?")
    trying.save_as_test("Sizes")
    trying.node("Ask the size").click()
    trying.panel.get_by_label("What it says").fill("How large, {{name}}?")
    trying.panel.get_by_role("button", name="Close").click()
    trying.hears("How large, Ann?")
    trying.hears("After your change, the chat goes differently from here")
    trying.is_saved()
    trying.press("Publish")
    expect(trying.dialog.get_by_role("alert").filter(has_text="One test fails")).to_contain_text("Sizes")
    trying.press("Cancel")
    trying.drawer.get_by_role("tab", name="Tests").click()
    expect(trying.drawer.get_by_text("Turn 2, “Ann”: other messages")).to_be_visible()
    expect(trying.drawer.get_by_text("Which size, Ann?")).to_be_visible()
    trying.drawer.get_by_role("button", name="Delete “Sizes”").click()
    expect(trying.drawer.get_by_text("There are no tests yet.")).to_be_visible()
    trying.press("Undo")
    expect(trying.drawer.get_by_text("Sizes")).to_be_visible()


def test_whoever_publishes_but_may_not_change_is_told_that_the_tests_were_not_run(
    workspace: Workspace, new_context: NewContext
) -> None:
    """A trial runs the code of a draft as it is sent, so it takes the permission to change chatbots."""
    tests = [{"name": "Begins", "turns": [{"operator": {"start_at": "name"}, "out": ["Never said"]}]}]
    file = DINER | {"id": "unplayed", "tests": tests}
    workspace.ask("PUT", "/chatbots/unplayed/draft?overwrite=true", file)
    role = made(workspace, "Releases", "chatbots.view", "chatbots.publish")
    other = of_role(workspace, new_context, role, "releases@example.com")
    publisher = Trying(other.page, other.server)
    publisher.open("/chatbots/unplayed/canvas", file["name"])
    publisher.press("Publish")
    expect(publisher.dialog.get_by_role("alert").filter(has_text="was not run")).to_contain_text(
        "that takes the permission to change chatbots"
    )
    publisher.dialog.get_by_role("button", name="Publish").click()
    expect(publisher.dialog).to_contain_text("Version 1 is published")


def test_a_chat_by_keyboard_alone(trying: Trying) -> None:
    trying.put(DINER | {"id": "keyed"})
    page = trying.page
    page.get_by_role("button", name="Try it").focus()
    page.keyboard.press("Enter")
    expect(trying.drawer.get_by_label("Write a message")).to_be_focused()
    page.keyboard.type("Ann")
    page.keyboard.press("Enter")
    trying.hears("Which size, Ann?")
    more = trying.drawer.get_by_role("button", name="What happened?").last
    more.focus()
    page.keyboard.press("Enter")
    expect(trying.drawer.get_by_text('name = "Ann"')).to_be_visible()
    assert objections(page) == []
    trying.drawer.get_by_role("tab", name="Chat").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    expect(trying.drawer.get_by_text("There are no tests yet.")).to_be_visible()
    assert objections(page) == []
    page.keyboard.press("Escape")
    expect(trying.drawer).to_have_count(0)
    expect(page.get_by_role("button", name="Try it")).to_be_focused()


def test_a_draft_that_cannot_run_says_where_it_stands_in_its_way(trying: Trying) -> None:
    broken: dict[str, Any] = {
        "id": "odd",
        "kind": "condition",
        "type": "expression",
        "label": "Odd one",
        "branches": [],
    }
    broken["branches"] = [{"id": "b", "expression": "1 +", "next": []}]
    trying.put(scenario("broken", named(say("hello", "Hello!", "odd"), "Greet"), broken))
    trying.press("Try it")
    alert = trying.drawer.get_by_role("alert").filter(has_text="The draft cannot run yet")
    alert.get_by_role("button", name="Odd one").click()
    expect(trying.page.get_by_role("complementary", name="Edit Odd one")).to_be_visible()


def test_code_gets_the_answers_that_its_author_writes(trying: Trying) -> None:
    """A chat with the draft calls nobody."""
    source = "const answer = await http.get('https://weather.invalid/' + {{town}}); return answer.json.degrees"
    trying.put(
        scenario(
            "weather",
            named(ask("town", "Which town?", "town", "look"), "Ask the town"),
            named(code("look", source, "tell"), "Look it up"),
            named(say("tell", "{{result}} degrees in {{town}}."), "Tell"),
        )
    )
    trying.node("Ask the town").click()
    trying.panel.get_by_role("button", name="Try it from here").click()
    trying.hears("Which town?")
    trying.write("Oslo")
    expect(trying.drawer.get_by_role("alert")).to_contain_text("GET https://weather.invalid/Oslo")
    trying.press("Answer it")
    trying.dialog.get_by_label("Body").fill('{"degrees": 3}')
    trying.press("Use them")
    trying.hears("3 degrees in Oslo.")
    expect(trying.drawer.get_by_role("alert")).to_have_count(0)
    trying.save_as_test("Weather")
    (test,) = trying.draft("weather")["tests"]
    assert test["http"] == [{"match": "GET https://weather.invalid/Oslo", "json": {"degrees": 3}}]


def test_the_panel_and_the_chat_give_way_to_each_other_where_there_is_no_room_for_both(trying: Trying) -> None:
    trying.put(DINER | {"id": "tight"})
    panel = trying.page.get_by_role("complementary", name="Edit Ask the size")
    trying.press("Try it")
    trying.hears("Hi! Your name?")
    trying.node("Ask the size").click()
    expect(panel.get_by_label("What it says")).to_be_focused()
    expect(trying.drawer).to_have_count(0)
    panel.get_by_role("button", name="To the chat").click()
    expect(trying.drawer).to_be_visible()
    expect(panel).to_have_count(0)
    back = trying.drawer.get_by_role("button", name="To the step “Ask the size”")
    expect(back).to_be_focused()
    assert objections(trying.page) == []
    trying.write("Ann")
    trying.hears("Which size, Ann?")
    back.click()
    expect(panel.get_by_role("button", name="To the chat")).to_be_focused()
    trying.node("Ask the name").click()
    trying.page.get_by_role("complementary", name="Edit Ask the name").get_by_role("button", name="Close").click()
    trying.hears("Which size, Ann?")


def test_where_there_is_room_both_stand_side_by_side(new_workspace: Any) -> None:
    workspace = new_workspace(size=(1920, 1080))
    trying = Trying(workspace.page, workspace.server)
    trying.put(DINER | {"id": "roomy"})
    trying.press("Try it")
    trying.node("Ask the size").click()
    expect(trying.page.get_by_role("complementary", name="Edit Ask the size")).to_be_visible()
    expect(trying.drawer).to_be_visible()
    expect(trying.page.get_by_role("button", name="To the chat")).to_have_count(0)


def test_on_a_phone_the_chat_leaves_room_for_the_canvas_and_is_pulled_up(new_workspace: Any) -> None:
    workspace = new_workspace(size=PHONE)
    trying = Trying(workspace.page, workspace.server)
    trying.put(DINER | {"id": "pocket"})
    trying.press("Try it")
    trying.hears("Hi! Your name?")
    expect(trying.node("Ask the name")).to_be_in_viewport()
    canvas, low = trying.page.locator(".react-flow").bounding_box(), trying.drawer.bounding_box()
    assert canvas is not None
    assert low is not None
    assert low["y"] > canvas["y"] + 0.3 * canvas["height"]
    trying.press("Make it larger")
    expect(trying.page.get_by_role("button", name="Make it smaller")).to_be_visible()
    assert objections(trying.page) == []
    trying.write("Ann")
    trying.hears("Which size, Ann?")
    trying.press("Close the chat")
    expect(trying.drawer).to_have_count(0)


def test_the_chat_says_for_how_long_the_chatbot_types(trying: Trying) -> None:
    hello = named(say("hello", "Hello!"), "Greet")
    hello["step"]["typing_delay_ms"] = 1500
    trying.put(scenario("typist", hello))
    trying.press("Try it")
    trying.hears("types for 1.5 seconds")
    trying.hears("Hello!")


def test_typing_is_told_in_the_language_of_the_page_not_of_the_chatbot(new_workspace: NewWorkspace) -> None:
    workspace = new_workspace(language="es-ES")
    trying = Trying(workspace.page, workspace.server)
    hello = named(say("hello", "Hello!"), "Greet")
    hello["step"]["typing_delay_ms"] = 1500
    trying.put(scenario("typist-abroad", hello))
    trying.press("Probar")
    expect(trying.page.get_by_role("log").get_by_text("escribe durante 1,5 segundos", exact=True)).to_be_visible()
