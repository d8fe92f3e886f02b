"""Two windows at one chatbot know of each other, and of what the other has saved (ED-5)."""

from playwright.sync_api import expect

from tests.e2e.builder import Builder
from tests.e2e.workspace import NewWorkspace

RENEWED_MS = 15_000
"""A page says so often that it is there, and hears what is new."""


def test_two_windows_know_of_each_other_and_of_what_was_saved(new_workspace: NewWorkspace) -> None:
    first, second = (Builder(one.page, one.server) for one in (new_workspace(), new_workspace()))
    first.import_example("together")
    for one in (first, second):
        one.page.clock.install()
        one.open("/chatbots/together", "Pizza order")
    expect(second.page.get_by_role("img", name="You, in another window")).to_be_visible()
    hear(first)
    expect(first.page.get_by_role("img", name="You, in another window")).to_be_visible()
    first.node("Greet and ask").click()
    first.panel.get_by_label("Name", exact=True).fill("Welcome")
    first.is_saved()
    hear(second)
    expect(second.page.get_by_role("button", name="Show what you changed in another window")).to_be_visible()
    # what is not seen here is not published from here
    second.press("Publish")
    expect(second.dialog).to_contain_text("This page shows an older draft")
    expect(second.dialog.get_by_role("button", name="Publish")).to_be_disabled()
    second.dialog.get_by_role("button", name="Load it").click()
    expect(second.node("Welcome")).to_be_visible()
    # what the other publishes is seen
    first.press("Publish")
    first.dialog.get_by_role("button", name="Publish").click()
    expect(first.dialog).to_contain_text("Version 1 is published")
    hear(second)
    expect(second.page.get_by_role("button", name="Version 1 is published.")).to_be_visible()
    first.page.goto(f"{first.server.url}/chatbots")
    hear(second)
    expect(second.page.get_by_role("img", name="You, in another window")).to_have_count(0)


def hear(one: Builder) -> None:
    """Let the time pass after which a page asks what is new."""
    one.page.clock.fast_forward(RENEWED_MS)
