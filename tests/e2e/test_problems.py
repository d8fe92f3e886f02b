"""What is wrong with a draft is told where it is, and put right by one press where that is sure (ED-3)."""

import re
from typing import Any

from playwright.sync_api import Locator, expect

from tests.e2e.builder import Builder
from tests.e2e.test_accessibility import objections
from tests.e2e.workspace import NewWorkspace, Workspace


def says(text: str) -> dict[str, Any]:
    return {"type": "static_message", "content": {"type": "text", "text": text}}


def ask_for(name: str, **rest: Any) -> dict[str, Any]:
    """A condition with one branch, `name`."""
    return {"id": name, "kind": "condition", "type": "user_response", "label": f"Is it {name}"} | rest


BROKEN = {
    "format": "botflow.scenario/1",
    "id": "broken",
    "name": "Broken",
    "channel": "webchat",
    "language": "en",
    "nodes": [
        {"id": "hello", "kind": "action", "label": "Greet", "step": says("Hello"), "next": ["maybe", "gone"]},
        ask_for(
            "maybe",
            branches=[{"id": "yes", "label": "Yes", "patterns": [], "suggestion": "lost", "next": ["bye"]}],
            **{"else": {"next": []}},
        ),
        {"id": "bye", "kind": "action", "label": "Bye", "step": says("Bye"), "final": True, "next": ["more"]},
        {"id": "more", "kind": "action", "label": "More", "role": "failover", "step": says("More")},
    ],
}


def problems(page: Workspace) -> Locator:
    """What the list of the toolbar names."""
    return page.page.get_by_role("list", name="Problems").get_by_role("listitem")


def test_one_press_puts_right_what_is_sure(builder: Builder) -> None:
    builder.ask("POST", "/chatbots/import", {"file": BROKEN, "id": "broken", "overwrite": True})
    builder.open("/chatbots/broken", "Broken")
    builder.page.get_by_role("button", name="problems", exact=False).click()
    expect(problems(builder).filter(has_text="Greet: A link leads to a step that is gone.")).to_be_visible()
    assert objections(builder.page) == []
    for fix in (
        "Begin at “Greet”",
        "Remove the link",
        "Let it be the answer “Yes”",
        "Keep the branch without the button",
        "Ask again: go to Greet",
        "Remove what follows",
        "Make it an ordinary step",
        "Let the chat end here",
    ):
        builder.press(fix)
        expect(builder.page.get_by_role("button", name=fix, exact=True)).to_have_count(0)
    expect(problems(builder)).to_have_count(1)
    expect(problems(builder)).to_contain_text("More: No chat can come here.")


def test_a_problem_stands_at_its_field_until_it_is_put_right(builder: Builder) -> None:
    step = {"type": "ask_question", "content": {"type": "text", "text": "x" * 5000}, "save_as": "answer"}
    file = BROKEN | {
        "nodes": [{"id": "a", "kind": "action", "label": "Ask", "role": "start", "step": step, "final": True}]
    }
    builder.ask("POST", "/chatbots/import", {"file": file | {"name": "Long"}, "id": "long", "overwrite": True})
    builder.open("/chatbots/long", "Long")
    builder.node("Ask").click()
    text = builder.panel.get_by_label("What it says")
    expect(text).to_have_attribute("aria-invalid", "true")
    expect(text).to_have_accessible_description(re.compile("may have at most 4096 characters"))
    text.fill("Short")
    expect(text).to_have_attribute("aria-invalid", "false")
    expect(builder.page.get_by_role("button", name="No problems")).to_be_visible()


def test_problems_speak_the_language_of_the_page(new_workspace: NewWorkspace) -> None:
    spanish = new_workspace(language="es-ES")
    spanish.ask("POST", "/chatbots/import", {"file": BROKEN, "id": "broken", "overwrite": True})
    spanish.open("/chatbots/broken", "Broken")
    spanish.page.get_by_role("button", name="problemas", exact=False).click()
    found = spanish.page.get_by_role("listitem").filter(has_text="La conversación no tiene comienzo")
    expect(found.get_by_role("button", name="Empezar en «Greet»")).to_be_visible()


def test_each_problem_leads_to_its_step(builder: Builder) -> None:
    builder.ask("POST", "/chatbots/import", {"file": BROKEN | {"id": "led"}, "id": "led", "overwrite": True})
    builder.open("/chatbots/led/problems", "Broken")
    builder.page.get_by_role("link", name="Bye: ").first.click()
    expect(builder.page).to_have_url(re.compile("/chatbots/led/canvas/bye$"))
    expect(builder.panel.get_by_label("Name")).to_have_value("Bye")
    expect(builder.node("Bye")).to_be_in_viewport(ratio=1)
    builder.page.get_by_role("button", name="Publish").click()
    builder.dialog.get_by_role("link", name="Greet: ").first.click()
    expect(builder.dialog).to_have_count(0)
    expect(builder.panel.get_by_label("Name")).to_have_value("Greet")
    builder.open("/chatbots/led/canvas/more", "Broken")
    expect(builder.panel.get_by_label("Name")).to_have_value("More")
