"""The panel as a newcomer meets it: nobody is scolded before they begin, nothing moves, names are those of people."""

from typing import Any

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.builder import Builder, new_chatbot
from tests.e2e.workspace import NewWorkspace

PHONE = (390, 844)


def at_phone(new_workspace: NewWorkspace, **person: Any) -> Builder:
    workspace = new_workspace(size=PHONE, **person)
    return Builder(workspace.page, workspace.server)


def place(wanted: Locator) -> Any:
    return wanted.evaluate("element => element.getBoundingClientRect().toJSON()")


def add(builder: Builder, what: str) -> None:
    """Add something by the plus at the chosen step."""
    builder.press("Add what comes next")
    builder.page.get_by_role("menuitem", name=what).click()


def count_of_problems(builder: Builder, words: str) -> None:
    expect(builder.page.get_by_role("toolbar").get_by_role("button", name=words)).to_be_visible()


def test_a_new_step_is_told_what_it_lacks_once_it_is_left(builder: Builder) -> None:
    new_chatbot(builder, "Unscolded")
    builder.node("Greet").click()
    add(builder, "Add condition")
    expect(builder.panel.get_by_label("Branch 1", exact=True)).to_be_focused()
    builder.panel.get_by_label("Branch 1", exact=True).fill("Weekday")
    # the list of the toolbar tells all
    count_of_problems(builder, "3 problems")
    leads_nowhere = builder.panel.get_by_text("It leads nowhere: a chat that takes it gets stuck.")
    no_words = builder.panel.get_by_text("No answer leads here yet: it has no words or patterns.")
    expect(leads_nowhere).to_have_count(0)
    expect(no_words).to_have_count(0)
    expect(builder.node("Condition").get_by_role("img", name="has warnings")).to_have_count(0)
    builder.press("Close")
    expect(builder.node("Condition").get_by_role("img", name="has warnings")).to_be_visible()
    builder.node("Condition").click()
    expect(leads_nowhere).to_have_count(2)  # the branch, and anything else
    expect(no_words).to_have_count(1)
    builder.panel.get_by_role("button", name="Let it be the answer “Weekday”").click()
    expect(no_words).to_have_count(0)


def test_a_problem_names_its_step_and_its_branch_and_leads_there(builder: Builder) -> None:
    new_chatbot(builder, "Named problems")
    builder.node("Greet").click()
    add(builder, "Add condition")
    builder.panel.get_by_label("Branch 1", exact=True).fill("Weekday")
    count_of_problems(builder, "3 problems")
    builder.page.get_by_role("button", name="3 problems").click()
    problems = builder.page.get_by_role("list", name="Problems").get_by_role("listitem")
    expect(problems.filter(has_text="Condition › Weekday: It leads nowhere")).to_have_count(1)
    expect(problems.filter(has_text="Condition › Anything else: It leads nowhere")).to_have_count(1)
    # who comes by the list is told, though the step is new
    problems.filter(has_text="Condition › Weekday: It leads nowhere").get_by_role("button").first.click()
    expect(builder.panel.get_by_text("It leads nowhere: a chat that takes it gets stuck.")).to_have_count(2)


def test_what_is_told_at_no_field_stands_below_them_once(builder: Builder) -> None:
    new_chatbot(builder, "Unreached")
    builder.drag_to_canvas("Add action", 500, 420)
    builder.panel.get_by_label("What it says").fill("Nobody sees this")
    count_of_problems(builder, "1 problem")
    builder.press("Close")
    builder.node("Message").click()
    told = builder.panel.get_by_text("No chat can come here.")
    expect(told).to_have_count(1)
    says = builder.panel.get_by_label("What it says")
    before = place(says)
    assert before["bottom"] < place(told)["top"]
    builder.panel.get_by_label("What it says").fill("")
    builder.is_saved()
    assert place(says) == before


def test_nothing_moves_as_problems_come_and_go_while_somebody_writes(builder: Builder) -> None:
    new_chatbot(builder, "Steady")
    builder.node("Greet").click()
    says = builder.panel.get_by_label("What it says")
    next_steps = builder.panel.get_by_label("Goes on to")
    toolbar = builder.page.get_by_role("toolbar")
    before = place(says), place(next_steps), place(toolbar)
    for text, problems in (
        ("", "1 problem"),
        ("Hello", "No problems"),
        (" ", "1 problem"),
        ("Hello again", "No problems"),
    ):
        says.fill(text)
        count_of_problems(builder, problems)
        builder.is_saved()
        assert (place(says), place(next_steps), place(toolbar)) == before, text


def test_what_was_told_keeps_its_room_when_it_is_mended(builder: Builder) -> None:
    new_chatbot(builder, "Mended")
    builder.node("Greet").click()
    add(builder, "Add condition")
    count_of_problems(builder, "3 problems")
    builder.press("Close")
    builder.node("Condition").click()
    else_label = builder.panel.get_by_label("Text on the canvas")
    expect(builder.panel.get_by_text("No answer leads here yet")).to_be_visible()
    before = place(else_label)
    patterns = builder.panel.get_by_label("Words or patterns")
    patterns.fill("weekday")
    patterns.press("Enter")
    expect(builder.panel.get_by_text("No answer leads here yet")).to_have_count(0)
    assert abs(place(else_label)["top"] - before["top"]) < 8  # the field grows with what is in it


def test_a_step_is_called_after_what_it_does_in_the_language_of_the_page(new_workspace: NewWorkspace) -> None:
    spanish = new_workspace(language="es-ES")
    builder = Builder(spanish.page, spanish.server)
    file = {"format": "botflow.scenario/1", "id": "nombres", "name": "Nombres", "channel": "webchat", "language": "es"}
    says = {"type": "static_message", "content": {"type": "text", "text": "Hola"}}
    nodes = [{"id": "hola", "kind": "action", "role": "start", "label": "Hola", "step": says, "final": True}]
    builder.ask("POST", "/chatbots/import", {"file": file | {"nodes": nodes}, "id": "nombres", "overwrite": True})
    builder.open("/chatbots/nombres", "Nombres")
    for _ in range(2):
        builder.node("Hola").focus()
        builder.page.keyboard.press("Space")
        builder.page.keyboard.press("Shift+Enter")
    expect(builder.panel.get_by_label("Nombre")).to_have_value("Mensaje 2")
    builder.panel.get_by_role("combobox", name="Qué hace").click()
    builder.page.get_by_role("option", name="Hacer una pregunta", exact=True).click()
    expect(builder.panel.get_by_label("Nombre")).to_have_value("Pregunta")
    expect(builder.page.get_by_role("status").get_by_text("Guardado", exact=True)).to_be_visible()
    assert [(node["id"], node["label"]) for node in builder.draft("nombres")["nodes"]] == [
        ("hola", "Hola"),
        ("message", "Mensaje"),
        ("message_2", "Pregunta"),
    ]


def test_the_focus_is_where_one_writes_first(builder: Builder) -> None:
    new_chatbot(builder, "First words")
    builder.node("Greet").click()
    add(builder, "Add action")
    expect(builder.panel.get_by_label("What it says")).to_be_focused()
    builder.panel.get_by_role("combobox", name="What it does").click()
    builder.page.get_by_role("option", name="Start over", exact=True).click()
    builder.press("Close")
    builder.node("Start over").click()
    expect(builder.panel.get_by_label("Name", exact=True)).to_be_focused()


@pytest.mark.parametrize("language", ["en-GB", "es-ES"])
def test_on_a_phone_no_keyboard_comes_up_and_what_counts_is_seen(new_workspace: NewWorkspace, language: str) -> None:
    builder = at_phone(new_workspace, language=language)
    builder.import_example("phone-panel")
    builder.ask("POST", "/chatbots/phone-panel/versions", {})
    builder.open("/chatbots/phone-panel", "Pizza order")
    toolbar = builder.page.get_by_role("toolbar")
    words = {
        "en-GB": ("No problems", "Try it", "Publish", "Version 1 is published. The draft is the same."),
        "es-ES": ("Sin problemas", "Probar", "Publicar", "La versión 1 está publicada. El borrador es igual."),
    }[language]
    for name in words:
        button = toolbar.get_by_role("button", name=name, exact=True)
        expect(button).to_be_in_viewport(ratio=1)
        assert button.evaluate(
            "one => one.scrollWidth <= one.clientWidth && parseFloat(getComputedStyle(one).fontSize) > 10"
        )
    builder.page.locator(".react-flow__node").first.dispatch_event("click")
    expect(builder.panel).to_be_focused()
    # what is not saved is told in words that are not cut, and widens nothing
    builder.page.context.set_offline(True)
    builder.panel.get_by_role("textbox").first.fill("Offline")
    short = {"en-GB": "Offline", "es-ES": "Sin conexión"}[language]
    mark = builder.page.get_by_role("status").get_by_text(short, exact=True)
    expect(mark).to_be_visible()
    assert mark.evaluate("one => one.parentElement.scrollWidth <= one.parentElement.clientWidth")
    assert builder.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_published_dialog_shows_the_way_to_the_chat_and_no_switch_moves_another(builder: Builder) -> None:
    for identity, name in (("newcomer-desk", "Newcomer desk"), ("newcomer-other", "Newcomer other")):
        sender = {"id": identity, "name": name, "adapter": "webchat", "status": "active"}
        builder.ask("POST", "/senders", sender)
    new_chatbot(builder, "Shown way")
    builder.press("Publish")
    builder.dialog.get_by_role("button", name="Publish").click()
    expect(builder.dialog).to_contain_text("Version 1 is published")
    runs = builder.dialog.get_by_label("Runs on Newcomer desk")
    block = builder.dialog.locator(".MuiStack-root").filter(has=builder.page.get_by_label("Runs on Newcomer desk")).last
    rest = block.get_by_label("Answers there when no other chatbot does")
    expect(rest).to_be_checked()
    expect(rest).to_be_disabled()  # it is a wish, until the chatbot runs there
    runs.scroll_into_view_if_needed()  # a long list of senders is scrolled by the press, which is no move
    before = place(runs)["top"]
    runs.click()
    expect(builder.dialog.get_by_role("link", name="Chat with it on Newcomer desk")).to_be_visible()
    expect(runs).to_be_checked()
    expect(rest).to_be_checked()
    assert place(runs)["top"] == before
    builder.press("Close")
    builder.node("Greet").click()
    builder.panel.get_by_label("What it says").fill("Hello again")
    builder.press("Version 1 is published. The draft has changed since.")
    expect(builder.dialog.get_by_role("link", name="Chat with it on Newcomer desk")).to_be_visible()
    builder.page.keyboard.press("Escape")
    # of a sender that has a default one already, another one takes that only when it is asked to
    new_chatbot(builder, "Second way")
    builder.press("Publish")
    builder.dialog.get_by_role("button", name="Publish").click()
    expect(rest).not_to_be_checked()
    expect(rest).to_have_accessible_description("Now Shown way does. A sender has one chatbot for that.")
    runs.click()
    expect(runs).to_be_checked()
    expect(rest).not_to_be_checked()
    expect(block).to_contain_text("Nothing that a contact writes starts it here")
    # what it takes is told, and given back by one press
    rest.click()
    taken = block.get_by_role("status")
    expect(taken).to_contain_text("Until now Shown way did that on Newcomer desk.")
    expect(rest).to_be_checked()
    rest.click()  # switching it off gives nothing back, so that the offer stays
    expect(rest).not_to_be_checked()
    taken.get_by_role("button", name="Give it back").click()
    expect(taken).to_have_count(0)
    expect(rest).not_to_be_checked()
    expect(rest).to_have_accessible_description("Now Shown way does. A sender has one chatbot for that.")
    # nobody is led to a chat in which another chatbot answers
    builder.press("Close")
    builder.press("Version 1 is published. The draft is the same.")
    expect(builder.dialog).to_contain_text("nothing that a contact writes starts it there.")
    expect(builder.dialog.get_by_role("link")).to_have_count(0)
