"""What contacts have answered a chatbot: table, filters, chart, CSV (CB-11)."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.chat import order_until_size
from tests.e2e.conftest import PHONE, ROOT, NewContext
from tests.e2e.test_accessibility import objections
from tests.e2e.workspace import NewWorkspace, Workspace

EXAMPLE = ROOT / "examples" / "pizza-order.json"
PIZZA = "/chatbots/pizza/answers"


@pytest.fixture
def answered(workspace: Workspace, new_context: NewContext) -> Workspace:
    """Three contacts have said their names to the pizza bot."""
    for name in ("Zora", "Zora", "Yann"):
        order_until_size(new_context().new_page(), workspace.server.url, name)
    return workspace


def numbers(workspace: Workspace) -> Locator:
    """The table beside the chart."""
    return workspace.page.get_by_role("table", name="How often each value of name was given")


def threads(workspace: Workspace) -> Locator:
    """The table of threads."""
    return workspace.page.get_by_role("grid", name="Threads")


def test_answers_are_counted_and_listed_by_thread(answered: Workspace) -> None:
    answered.open("/chatbots/pizza/problems", "Pizza order")
    answered.page.get_by_role("tab", name="Answers").click()
    row = numbers(answered).get_by_role("row")
    expect(row.filter(has_text="Zora")).to_contain_text("2")
    expect(row.filter(has_text="Yann")).to_contain_text("1")
    expect(answered.page.locator("svg .MuiBarElement-root, svg rect").first).to_be_attached()
    expect(threads(answered).get_by_role("row").filter(has_text="Yann")).to_contain_text("Running")
    last_change = threads(answered).get_by_role("columnheader", name="Last change")
    first = threads(answered).get_by_role("row").nth(1)
    last_change.click()
    expect(last_change).to_have_attribute("aria-sort", "ascending")
    expect(first).not_to_contain_text("Yann")
    last_change.click()
    expect(last_change).to_have_attribute("aria-sort", "descending")
    expect(first).to_contain_text("Yann")


def test_answers_of_a_version_and_a_period_are_filtered_and_downloaded(answered: Workspace) -> None:
    page = answered.page
    answered.open(PIZZA, "Pizza order")
    page.get_by_role("combobox", name="Version").click()
    page.get_by_role("option", name="v1").click()
    expect(numbers(answered)).to_contain_text("Zora")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download as CSV").click()
    text = download.value.path().read_text()
    assert "name" in text.splitlines()[0]
    assert text.count("Zora") >= 2
    tomorrow = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    page.get_by_label("From", exact=True).fill(tomorrow)
    expect(page.get_by_text("Nobody has given a value in this version and period.")).to_be_visible()
    expect(threads(answered).get_by_role("row").filter(has_text="Yann")).to_have_count(0)
    answered.press("Show all answers")
    expect(numbers(answered)).to_contain_text("Zora")


def test_a_chatbot_that_nobody_has_answered_says_what_will_be_here(workspace: Workspace) -> None:
    file = json.loads(EXAMPLE.read_text()) | {"name": "Unanswered"}
    workspace.ask("POST", "/chatbots/import", {"file": file, "id": "unanswered", "overwrite": True})
    workspace.open("/chatbots/unanswered/answers", "Unanswered")
    expect(workspace.page.get_by_text("Name a report field at a step")).to_be_visible()
    workspace.ask("POST", "/chatbots/unanswered/versions", {})
    workspace.page.reload()
    expect(workspace.page.get_by_text("with a column for each field: ")).to_be_visible()
    assert objections(workspace.page) == []


def test_an_error_is_told_and_tried_again(answered: Workspace) -> None:
    page = answered.page
    counts = "**/answers/counts?*"
    page.route(counts, lambda route: route.fulfill(status=422, json={"detail": "Not this one."}))
    answered.open(PIZZA, "Pizza order")
    expect(page.get_by_role("alert")).to_contain_text("Not this one.")
    page.unroute(counts)
    page.reload()
    expect(numbers(answered)).to_contain_text("Zora")


@pytest.mark.usefixtures("answered")
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_objects_to_nothing(new_workspace: NewWorkspace, theme: str) -> None:
    workspace = new_workspace(theme=theme)
    workspace.open(PIZZA, "Pizza order")
    expect(numbers(workspace)).to_be_visible()
    assert objections(workspace.page) == []
    workspace.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    assert objections(workspace.page) == []
