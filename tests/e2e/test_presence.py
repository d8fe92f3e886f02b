"""Two windows at one chatbot know of each other, and of what the other has saved (ED-5)."""

from playwright.sync_api import expect

from tests.e2e.builder import Builder
from tests.e2e.workspace import NewWorkspace

RENEWED_MS = 25_000
"""A page says every quarter of a minute that it is there, and hears what is new."""


def test_two_windows_know_of_each_other_and_of_what_was_saved(new_workspace: NewWorkspace) -> None:
    first, second = (Builder(one.page, one.server) for one in (new_workspace(), new_workspace()))
    first.import_example("together")
    for one in (first, second):
        one.open("/chatbots/together", "Pizza order")
    expect(second.page.get_by_role("img", name="You, in another window")).to_be_visible(timeout=RENEWED_MS)
    expect(first.page.get_by_role("img", name="You, in another window")).to_be_visible(timeout=RENEWED_MS)
    first.node("Greet and ask").click()
    first.panel.get_by_label("Name", exact=True).fill("Welcome")
    first.is_saved()
    second.page.get_by_role("button", name="Show what admin has changed").click(timeout=RENEWED_MS)
    expect(second.node("Welcome")).to_be_visible()
    first.page.goto(f"{first.server.url}/chatbots")
    expect(second.page.get_by_role("img", name="You, in another window")).to_have_count(0, timeout=RENEWED_MS)
