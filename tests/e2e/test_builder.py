"""The visual builder (ED-1 to ED-5): bots are built, saved, published, and nobody's work is lost."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Dialog, Locator, expect

from tests.e2e.builder import EXAMPLE, Builder, is_run_by_the_command, new_chatbot, save_chat_as_test, web_chat
from tests.e2e.chat import Chat
from tests.e2e.test_accessibility import objections
from tests.e2e.workspace import Workspace


def test_a_bot_is_built_by_mouse_published_and_chats(builder: Builder, tmp_path: Path) -> None:
    web_chat(builder, "hours-desk")
    new_chatbot(builder, "Hours")
    builder.node("Greet").click()
    builder.panel.get_by_label("What it says").fill("Weekday or weekend?")
    builder.press("Close")
    builder.drag_to_canvas("Add condition", 620, 60)
    builder.panel.get_by_label("Name").fill("Which day")
    builder.panel.get_by_label("Branch 1", exact=True).fill("Weekday")
    patterns = builder.panel.get_by_label("Words or patterns")
    patterns.fill("weekday")
    patterns.press("Enter")
    builder.press("Close")
    builder.drag_to_canvas("Add action", 620, 420)
    builder.panel.get_by_label("Name").fill("Open")
    builder.panel.get_by_label("What it says").fill("Nine to five.")
    builder.press("Close")
    builder.connect(builder.node("Greet"), "next", builder.node("Which day"))
    builder.connect(builder.node("Which day"), "branch:branch", builder.node("Open"))
    builder.is_saved()
    document = builder.draft("hours")
    assert [node.get("next") for node in document["nodes"]] == [["reply"], None, None]
    assert document["nodes"][1]["branches"][0]["next"] == ["message"]

    builder.press("Try it")
    trial = builder.page.get_by_role("complementary", name="Try the chatbot")
    expect(trial.get_by_text("Weekday or weekend?", exact=True)).to_be_visible()
    trial.get_by_label("Write a message").fill("weekday")
    trial.get_by_role("button", name="Send").click()
    expect(trial.get_by_text("Nine to five.", exact=True)).to_be_visible()
    save_chat_as_test(builder, "On a weekday")
    (test,) = builder.draft("hours")["tests"]
    assert [turn["out"] for turn in test["turns"]] == [["Weekday or weekend?"], ["Nine to five."]]

    builder.press("Publish")
    builder.dialog.get_by_role("button", name="Publish").click()
    expect(builder.dialog).to_contain_text("Version 1 is published")
    builder.dialog.get_by_label("Runs on Front desk").click()
    expect(builder.dialog.get_by_label("Runs on Front desk")).to_be_checked()

    with builder.page.context.expect_page() as opened:
        builder.dialog.get_by_role("link", name="Chat with it on Front desk").click()
    visitor = opened.value
    chat = Chat(visitor)
    # a default chatbot begins as the chat is opened
    chat.expect_texts("Weekday or weekend?")
    chat.write("weekday")
    chat.expect_texts("Weekday or weekend?", "weekday", "Nine to five.")

    is_run_by_the_command(builder, "hours", ["On a weekday"], tmp_path)


def tab_to(builder: Builder, wanted: Locator, key: str = "Tab") -> None:
    """Press Tab until it has the focus."""
    for _ in range(80):
        if wanted.count() and wanted.evaluate("element => element === document.activeElement"):
            return
        builder.page.keyboard.press(key)
    raise AssertionError(f"Tab does not lead to {wanted}")


def test_a_bot_is_built_by_keyboard_alone_and_published(builder: Builder, tmp_path: Path) -> None:
    begun_by_keys(builder, "Keys")
    asked_by_keys(builder)
    branched_by_keys(builder)
    answered_by_keys(builder)
    builder.is_saved()
    before = builder.draft("keys")["layout"]["nodes"]["message"]
    builder.page.keyboard.press("ArrowDown")
    builder.page.keyboard.press("ArrowDown")
    asked_again_by_keys(builder)
    builder.is_saved()
    document = builder.draft("keys")
    assert document["layout"]["nodes"]["message"][1] > before[1]
    greet, condition, answer = document["nodes"]
    assert greet["next"] == [condition["id"]]
    assert condition["branches"][0]["next"] == [answer["id"]]
    assert condition["else"]["next"] == [greet["id"]]
    assert answer["final"]
    chatted_and_kept_by_keys(builder, "On a weekday")
    command_by_keys(builder, "publish")
    tab_to(builder, builder.dialog.get_by_role("button", name="Publish"))
    builder.page.keyboard.press("Enter")
    expect(builder.dialog).to_contain_text("Version 1 is published")
    is_run_by_the_command(builder, "keys", ["On a weekday"], tmp_path)


def begun_by_keys(builder: Builder, name: str) -> None:
    builder.open("/chatbots", "Chatbots")
    keys = builder.page.keyboard
    tab_to(builder, builder.page.get_by_role("button", name="New chatbot").first)
    keys.press("Enter")
    tab_to(builder, builder.dialog.get_by_label("Name"))
    keys.type(name)
    tab_to(builder, builder.dialog.get_by_role("button", name="Make it"))
    keys.press("Enter")
    expect(builder.node("Greet")).to_be_visible()


def command_by_keys(builder: Builder, words: str) -> None:
    builder.page.keyboard.press("Control+k")
    builder.page.keyboard.type(words)
    builder.page.keyboard.press("Enter")


def asked_by_keys(builder: Builder) -> None:
    keys = builder.page.keyboard
    command_by_keys(builder, "go to greet")
    expect(builder.panel.get_by_label("What it says")).to_be_focused()
    keys.press("Control+a")
    keys.type("Weekday or weekend?")
    keys.press("Escape")
    expect(builder.node("Greet")).to_be_focused()


def branched_by_keys(builder: Builder) -> None:
    keys = builder.page.keyboard
    keys.press("Alt+Enter")
    expect(builder.panel.get_by_label("Branch 1", exact=True)).to_be_focused()
    keys.type("Weekday")
    tab_to(builder, builder.panel.get_by_label("Words or patterns"))
    keys.type("weekday")
    keys.press("Enter")
    named_by_keys(builder, "Which day")


def answered_by_keys(builder: Builder) -> None:
    builder.page.keyboard.press("Shift+Enter")
    expect(builder.panel.get_by_label("What it says")).to_be_focused()
    builder.page.keyboard.type("Nine to five.")
    named_by_keys(builder, "Open")


def named_by_keys(builder: Builder, name: str) -> None:
    tab_to(builder, builder.panel.get_by_label("Name", exact=True), "Shift+Tab")
    builder.page.keyboard.type(name)
    builder.page.keyboard.press("Escape")
    expect(builder.node(name)).to_be_focused()


def asked_again_by_keys(builder: Builder) -> None:
    """Back along the link, where anything else is asked again."""
    keys = builder.page.keyboard
    keys.press("Alt+ArrowLeft")
    expect(builder.node("Which day")).to_be_focused()
    keys.press("Enter")
    expect(builder.panel.get_by_label("Branch 1", exact=True)).to_be_focused()
    tab_to(builder, builder.panel.get_by_label("Anything else goes on to"))
    keys.type("Greet")
    expect(builder.page.get_by_role("option", name="Greet")).to_be_visible()
    keys.press("ArrowDown")
    keys.press("Enter")
    expect(builder.panel.get_by_role("button", name="Greet", exact=True)).to_be_visible()
    keys.press("Escape")


def chatted_and_kept_by_keys(builder: Builder, test: str) -> None:
    keys = builder.page.keyboard
    command_by_keys(builder, "try it in a chat")
    trial = builder.page.get_by_role("complementary", name="Try the chatbot")
    expect(trial.get_by_text("Weekday or weekend?", exact=True)).to_be_visible()
    expect(trial.get_by_label("Write a message")).to_be_focused()
    keys.type("weekday")
    keys.press("Enter")
    expect(trial.get_by_text("Nine to five.", exact=True)).to_be_visible()
    save = trial.get_by_role("button", name="Save as test")
    expect(save).to_be_enabled()
    tab_to(builder, save, "Shift+Tab")
    keys.press("Enter")
    expect(builder.dialog.get_by_label("Name of the test")).to_be_focused()
    keys.press("Control+a")
    keys.type(test)
    keys.press("Enter")
    expect(builder.dialog).to_have_count(0)
    builder.is_saved()


def test_steps_that_are_chosen_together_are_what_the_keys_mean(builder: Builder) -> None:
    builder.import_example("chosen-together")
    builder.open("/chatbots/chosen-together", "Pizza order")
    before = builder.draft("chosen-together")
    builder.node("Greet and ask").click()
    builder.panel.get_by_label("What it says").focus()
    builder.node("Known size?").click(modifiers=["Shift"])
    builder.page.keyboard.press("Backspace")
    expect(builder.node("Greet and ask")).to_have_count(0)
    builder.is_saved()
    gone = {"Greet and ask", "Known size?"}
    labels = [node.get("label") for node in builder.draft("chosen-together")["nodes"]]
    assert labels == [node.get("label") for node in before["nodes"] if node.get("label") not in gone]
    builder.press("Undo")
    expect(builder.node("Greet and ask")).to_be_visible()
    builder.is_saved()
    assert builder.draft("chosen-together") == before


def test_what_was_done_is_undone_and_done_again(builder: Builder) -> None:
    builder.import_example("undone")
    builder.open("/chatbots/undone", "Pizza order")
    before = builder.draft("undone")
    count = builder.page.locator(".react-flow__node").count()
    builder.node("Greet and ask").click()
    builder.press("Close")
    builder.page.keyboard.press("Delete")
    expect(builder.page.locator(".react-flow__node")).to_have_count(count - 1)
    builder.press("Undo")
    expect(builder.page.locator(".react-flow__node")).to_have_count(count)
    builder.is_saved()
    assert builder.draft("undone") == before
    builder.press("Do it again")
    expect(builder.page.locator(".react-flow__node")).to_have_count(count - 1)


A_MINUTE = 60_000


def nothing_is_saved(builder: Builder) -> None:
    """A minute passes on the page, and it sends no draft."""
    sent: list[str] = []
    builder.page.on("request", lambda request: sent.append(request.url) if request.method == "PUT" else None)
    builder.page.clock.fast_forward(A_MINUTE)
    # whatever the page had begun to send is under way before this is answered
    builder.page.evaluate("() => fetch('/health').then(() => null)")
    assert sent == []
    builder.is_saved()


def test_an_import_that_nobody_changes_is_exported_byte_for_byte(builder: Builder) -> None:
    builder.import_example("untouched")
    builder.page.clock.install()
    builder.open("/chatbots/untouched", "Pizza order")
    builder.node("Greet and ask").click()
    builder.press("Close")
    nothing_is_saved(builder)
    exported = builder.page.request.get(f"{builder.server.url}/api/v1/chatbots/untouched/file").text()
    assert exported == EXAMPLE.read_text().replace('"id": "pizza-order"', '"id": "untouched"')


def test_who_only_looks_changes_nothing(builder: Builder) -> None:
    file = json.loads(EXAMPLE.read_text())
    file["tests"] = [{"name": "Begins", "turns": [{"operator": {"start_at": "hello"}}]}]
    builder.ask("POST", "/chatbots/import", {"file": file, "id": "looked-at", "overwrite": True})
    builder.page.clock.install()
    builder.open("/chatbots/looked-at", "Pizza order")
    before = builder.ask("GET", "/chatbots/looked-at/draft")
    builder.page.get_by_label("Edit").uncheck()
    node = builder.node("Greet and ask")
    node.hover()
    builder.page.mouse.down()
    builder.page.mouse.move(600, 600, steps=5)
    builder.page.mouse.up()
    node.click()
    expect(builder.panel.get_by_label("Name")).to_be_disabled()
    builder.press("Close")
    node.focus()
    builder.page.keyboard.press("Delete")
    expect(builder.page.get_by_role("button", name="Undo")).to_have_count(0)
    # the chat with the draft is for them too, but it leaves nothing behind
    builder.press("Try it")
    trial = builder.page.get_by_role("complementary", name="Try the chatbot")
    expect(trial.get_by_role("log").get_by_text("What is your name?")).to_be_visible()
    expect(trial.get_by_role("button", name="Start over")).to_be_visible()
    expect(trial.get_by_role("button", name="Save as test")).to_have_count(0)
    trial.get_by_role("tab", name="Tests").click()
    expect(trial.get_by_role("button", name="Open “Begins” in the chat")).to_be_visible()
    expect(trial.get_by_role("button", name="Delete “Begins”")).to_have_count(0)
    nothing_is_saved(builder)
    assert builder.ask("GET", "/chatbots/looked-at/draft") == before
    builder.page.get_by_label("Edit").check()
    expect(trial.get_by_role("button", name="Delete “Begins”")).to_be_visible()


def test_work_without_a_connection_is_kept_and_saved_when_it_is_back(builder: Builder) -> None:
    builder.import_example("offline")
    builder.open("/chatbots/offline", "Pizza order")
    builder.node("Greet and ask").click()
    builder.page.context.set_offline(True)
    builder.panel.get_by_label("Name").fill("Written offline")
    expect(builder.page.get_by_role("status").filter(has_text="No connection")).to_be_visible()
    builder.press("Publish")
    expect(builder.dialog).to_contain_text("Once it is saved, this goes on.")
    builder.page.context.set_offline(False)
    expect(builder.dialog.get_by_role("button", name="Publish")).to_be_enabled()
    builder.page.keyboard.press("Escape")
    builder.is_saved()
    assert builder.draft("offline")["nodes"][0]["label"] == "Written offline"


def test_work_that_was_not_saved_is_there_after_the_page_was_closed(builder: Builder) -> None:
    builder.import_example("closed")
    builder.open("/chatbots/closed", "Pizza order")
    builder.node("Greet and ask").click()
    builder.page.context.set_offline(True)
    builder.panel.get_by_label("Name").fill("Kept")
    expect(builder.page.get_by_role("status").filter(has_text="No connection")).to_be_visible()
    page = builder.page.context.new_page()
    builder.page.close()
    page.context.set_offline(False)
    later = Builder(page, builder.server)
    page.goto(f"{builder.server.url}/chatbots/closed")
    expect(later.dialog).to_contain_text("Something you did here was not saved")
    later.press("Put it on the canvas")
    expect(later.node("Kept")).to_be_visible()
    later.is_saved()
    assert later.draft("closed")["nodes"][0]["label"] == "Kept"


def beside(builder: Builder, other: Workspace, identity: str) -> Builder:
    """Somebody else who has the same step of a new chatbot open."""
    builder.import_example(identity)
    theirs = Builder(other.page, other.server)
    for one in (builder, theirs):
        one.open(f"/chatbots/{identity}", "Pizza order")
        one.node("Greet and ask").click()
    return theirs


def test_of_two_who_change_the_same_nobody_overwrites_the_other_unasked(builder: Builder, new_workspace: Any) -> None:
    theirs = beside(builder, new_workspace(), "contested")
    builder.page.context.set_offline(True)
    builder.panel.get_by_label("Name").fill("Mine")
    theirs.panel.get_by_label("Name").fill("Theirs")
    theirs.is_saved()
    builder.page.context.set_offline(False)
    expect(builder.dialog).to_contain_text("Somebody else has changed this chatbot")
    assert builder.draft("contested")["nodes"][0]["label"] == "Theirs"
    builder.press("Save mine over it")
    builder.is_saved()
    assert builder.draft("contested")["nodes"][0]["label"] == "Mine"


def test_who_takes_the_work_of_another_can_have_their_own_back(builder: Builder, new_workspace: Any) -> None:
    theirs = beside(builder, new_workspace(), "set-aside")
    theirs.panel.get_by_label("Name").fill("Theirs")
    theirs.is_saved()
    builder.panel.get_by_label("Name").fill("Mine")
    builder.press("Decide later")
    # publishing leads to the decision too
    builder.press("Publish")
    builder.press("Decide now")
    builder.press("Take the other one")
    expect(builder.node("Theirs")).to_be_visible()
    expect(builder.dialog).to_contain_text("Something you did here was not saved")
    builder.press("Put it on the canvas")
    expect(builder.node("Mine")).to_be_visible()
    builder.press("Undo")
    expect(builder.node("Theirs")).to_be_visible()


def test_two_pages_of_one_person_lose_nothing_while_one_is_offline_for_a_minute(builder: Builder) -> None:
    builder.import_example("two-pages")
    builder.page.clock.install()  # of all pages of the context
    other = Builder(builder.page.context.new_page(), builder.server)
    for one in (builder, other):
        one.open("/chatbots/two-pages", "Pizza order")
        one.node("Greet and ask").click()
    offline = builder.page.get_by_role("status").filter(has_text="No connection")
    builder.page.route("**/api/**", lambda route: route.abort())
    builder.panel.get_by_label("Name").fill("Of the first page")
    expect(offline).to_be_visible()
    other.panel.get_by_label("Name").fill("Of the second page")
    other.is_saved()
    builder.page.clock.fast_forward(A_MINUTE)
    expect(offline).to_be_visible()
    builder.page.unroute("**/api/**")
    expect(builder.dialog).to_contain_text("Somebody else has changed this chatbot")
    builder.press("Decide later")
    other.panel.get_by_label("Name").fill("Of the second page again")
    other.is_saved()

    questions: list[str] = []

    def leave(dialog: Dialog) -> None:
        questions.append(dialog.type)
        dialog.accept()

    builder.page.on("dialog", leave)
    builder.page.reload()
    expect(builder.node("Of the first page")).to_be_visible()
    builder.press("Decide later")
    assert builder.draft("two-pages")["nodes"][0]["label"] == "Of the second page again"

    with builder.page.expect_event("close"):
        builder.page.close(run_before_unload=True)
    assert questions == ["beforeunload"] * 2
    expect(other.dialog).to_contain_text("Something you did here was not saved")
    other.press("Put it on the canvas")
    expect(other.node("Of the first page")).to_be_visible()
    other.is_saved()
    assert other.draft("two-pages")["nodes"][0]["label"] == "Of the first page"
    other.press("Undo")
    expect(other.node("Of the second page again")).to_be_visible()


def test_who_signs_out_is_asked_about_what_is_not_saved_and_it_is_gone_then(builder: Builder) -> None:
    builder.import_example("left-behind")
    builder.open("/chatbots/left-behind", "Pizza order")
    builder.page.route("**/draft?*", lambda route: route.abort())
    builder.node("Greet and ask").click()
    builder.panel.get_by_label("Name").fill("Secret")
    expect(builder.page.get_by_role("status").filter(has_text="No connection")).to_be_visible()
    builder.page.get_by_role("button", name="Admin").click()
    builder.page.get_by_role("menuitem", name="Sign out").click()
    builder.press("Sign out and discard it")
    expect(builder.page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert "Secret" not in builder.page.evaluate("JSON.stringify(localStorage)")


def test_work_of_one_is_not_saved_as_that_of_who_signs_in_beside_them(builder: Builder) -> None:
    builder.import_example("signed-in-beside")
    made = builder.ask("POST", "/users", {"login": "beside@example.com", "name": "Bob Beside", "role": "admin"})
    builder.page.clock.install()
    builder.open("/chatbots/signed-in-beside", "Pizza order")
    before = builder.draft("signed-in-beside")
    login = {"login": "beside@example.com", "password": made["one_time_password"]}
    builder.ask("POST", "/session", login)
    builder.ask("PUT", "/me/password", {"current": login["password"], "new": "Besides-Us-9"})
    builder.node("Greet and ask").click()
    builder.panel.get_by_label("Name").fill("Of the admin")
    expect(builder.page.get_by_role("button", name="Bob Beside")).to_be_visible()
    builder.page.clock.fast_forward(A_MINUTE)
    builder.is_saved()
    assert builder.draft("signed-in-beside") == before


@pytest.mark.parametrize(
    "node",
    [
        {"id": "constructor", "kind": "action", "step": {"type": "constructor"}},
        {"id": "a", "kind": "action", "label": {"a": 1}, "step": {"type": "reset"}},
        {"id": "a", "kind": "action", "step": {"type": "reset"}, "next": 5},
    ],
)
def test_whatever_is_imported_is_drawn_or_said_to_be_none(builder: Builder, node: dict[str, Any]) -> None:
    file = json.loads(EXAMPLE.read_text()) | {"nodes": [node], "layout": {"nodes": {node["id"]: 5}}}
    builder.ask("POST", "/chatbots/import", {"file": file, "id": "odd", "overwrite": True})
    builder.open("/chatbots/odd", "Pizza order")
    drawn = builder.page.locator(".react-flow__node")
    expect(drawn.or_(builder.page.get_by_text("This file cannot be drawn")).first).to_be_visible()


def test_copied_nodes_are_pasted_into_another_chatbot(builder: Builder) -> None:
    builder.import_example("source")
    new_chatbot(builder, "Target")
    builder.open("/chatbots/source", "Pizza order")
    builder.node("Greet and ask").click()
    builder.press("Close")
    builder.page.keyboard.press("Control+c")
    builder.open("/chatbots/target", "Target")
    builder.node("Greet").click()
    builder.press("Close")
    builder.page.keyboard.press("Control+v")
    expect(builder.node("Greet and ask")).to_be_visible()
    builder.is_saved()
    assert len(builder.draft("target")["nodes"]) == 2


def test_the_plus_adds_what_comes_next(builder: Builder) -> None:
    new_chatbot(builder, "Plus")
    builder.node("Greet").click()
    plus = builder.page.get_by_role("button", name="Add what comes next")
    expect(plus).to_be_in_viewport(ratio=1)
    box, panel = plus.bounding_box(), builder.panel.bounding_box()
    assert box is not None
    assert panel is not None
    assert box["x"] + box["width"] <= panel["x"]
    plus.click()
    builder.page.get_by_role("menuitem", name="Add condition").click()
    expect(builder.panel.get_by_label("Branch 1", exact=True)).to_be_visible()
    builder.is_saved()
    assert builder.draft("plus")["nodes"][0]["next"] == ["reply"]
    assert "final" not in builder.draft("plus")["nodes"][0]


def test_a_step_is_found_by_what_it_says(builder: Builder) -> None:
    builder.import_example("searched")
    builder.open("/chatbots/searched", "Pizza order")
    builder.page.keyboard.press("Control+f")
    builder.page.keyboard.type("what is your name")
    expect(builder.page.get_by_role("option")).to_have_count(1)
    builder.page.keyboard.press("Enter")
    expect(builder.panel.get_by_label("Name")).to_have_value("Greet and ask")
    builder.press("Close")
    builder.page.keyboard.press("Control+f")
    expect(builder.dialog).to_be_visible()
    builder.page.keyboard.press("Escape")
    expect(builder.dialog).to_have_count(0)


def test_links_are_walked_along_by_keyboard(builder: Builder) -> None:
    builder.import_example("walked")
    builder.open("/chatbots/walked", "Pizza order")
    builder.node("Greet and ask").focus()
    builder.page.keyboard.press("Space")
    builder.page.keyboard.press("Alt+ArrowRight")
    expect(builder.node("Size")).to_be_focused()
    builder.page.keyboard.press("Alt+ArrowLeft")
    expect(builder.node("Greet and ask")).to_be_focused()


def test_tidying_up_moves_nodes_and_nothing_else_and_is_one_step_of_undo(builder: Builder) -> None:
    builder.import_example("tidied")
    builder.open("/chatbots/tidied", "Pizza order")
    before = builder.draft("tidied")
    builder.press("Tidy up")
    expect(builder.page.get_by_role("button", name="Undo")).to_be_enabled()
    builder.is_saved()
    after = builder.draft("tidied")
    assert after["nodes"] == before["nodes"]
    places = [tuple(place) for place in after["layout"]["nodes"].values()]
    assert len(set(places)) == len(places) == len(after["nodes"])
    assert after["layout"]["nodes"] != before["layout"]["nodes"]
    builder.press("Undo")
    builder.is_saved()
    assert builder.draft("tidied") == before


def test_what_is_missing_is_told_as_the_step_is_left_and_the_list_leads_there(builder: Builder) -> None:
    new_chatbot(builder, "Mistaken")
    builder.node("Greet").click()
    builder.panel.get_by_label("What it says").fill("")
    expect(builder.page.get_by_role("toolbar").get_by_role("button", name="1 problem")).to_be_visible()
    builder.press("Close")
    expect(builder.node("Greet").get_by_role("img", name="has errors")).to_be_visible()
    builder.page.get_by_role("button", name="problem").click()
    builder.page.get_by_role("list", name="Problems").get_by_role("button").first.click()
    expect(builder.panel.get_by_label("Name")).to_have_value("Greet")
    builder.press("Publish")
    expect(builder.dialog.get_by_role("button", name="Publish")).to_be_disabled()


def test_the_keys_are_explained(builder: Builder) -> None:
    builder.import_example("keys-told")
    builder.open("/chatbots/keys-told", "Pizza order")
    builder.page.keyboard.press("?")
    expect(builder.dialog).to_contain_text("Ctrl+Shift+Z")
    builder.page.keyboard.press("Escape")
    expect(builder.dialog).to_have_count(0)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_objects_to_nothing(new_workspace: Any, theme: str) -> None:
    workspace = new_workspace(theme=theme)
    builder = Builder(workspace.page, workspace.server)
    builder.import_example("accessible-builder")
    builder.open("/chatbots/accessible-builder", "Pizza order")
    builder.node("Greet and ask").click()
    assert objections(builder.page) == []
