"""Where things are on the pages: nothing jumps, nothing is cut off, nothing is wider than the screen."""

import pytest
from playwright.sync_api import Locator, expect

from tests.e2e.builder import Builder
from tests.e2e.conftest import PHONE
from tests.e2e.workspace import NewWorkspace

PARTS = ("Build", "Settings", "Problems", "Versions", "Live", "Answers")
LISTS = {"/chatbots": "Chatbots", "/users": "Usuarios"}


def place(element: Locator) -> tuple[float, float]:
    box = element.bounding_box()
    assert box is not None
    return box["x"], box["y"]


def test_title_and_tabs_stay_where_they_are_from_part_to_part(builder: Builder) -> None:
    builder.import_example("steady-tabs")
    builder.open("/chatbots/steady-tabs", "Pizza order")
    places = set()
    for part in PARTS:
        tab = builder.page.get_by_role("tab", name=part, exact=True)
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        title = builder.page.get_by_role("heading", level=1)
        places.add((place(title), place(builder.page.get_by_role("tab", name="Build", exact=True))))
    assert len(places) == 1


def middle(element: Locator) -> float:
    box = element.bounding_box()
    assert box is not None
    return box["y"] + box["height"] / 2


def test_the_tools_are_one_line_in_the_longer_language_too(new_workspace: NewWorkspace) -> None:
    workspace = new_workspace(language="es-ES")
    Builder(workspace.page, workspace.server).import_example("one-line")
    workspace.open("/chatbots/one-line", "Pizza order")
    toolbar = workspace.page.get_by_role("toolbar", name="Herramientas")
    for button in ("Añadir acción", "Deshacer", "Probar", "Publicar"):
        assert abs(middle(toolbar.get_by_role("button", name=button, exact=True)) - middle(toolbar)) < 4


@pytest.mark.parametrize("path", LISTS)
def test_a_table_shows_all_its_columns_where_there_is_little_room(new_workspace: NewWorkspace, path: str) -> None:
    workspace = new_workspace(language="es-ES")
    workspace.open(path, LISTS[path])
    expect(workspace.page.get_by_role("columnheader", name="Acciones")).to_be_in_viewport(ratio=1)


def test_a_webhook_is_no_wider_than_a_phone(new_workspace: NewWorkspace) -> None:
    workspace = new_workspace(size=PHONE)
    webhook = {"name": "Narrow", "address": "https://hooks.example.com", "events": ["thread.ended"]}
    made = workspace.ask("POST", "/webhooks", webhook)
    workspace.open(f"/webhooks/{made['id']}", "Narrow")
    expect(workspace.page.get_by_role("grid", name="What it was told")).to_be_visible()
    assert workspace.page.get_by_role("main").evaluate("main => main.scrollWidth <= main.clientWidth")
    workspace.ask("DELETE", f"/webhooks/{made['id']}")
