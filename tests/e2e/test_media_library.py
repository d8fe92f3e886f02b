"""The media library by the page: uploaded, found, looked at, renamed, deleted (AS-1)."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.conftest import PHONE
from tests.e2e.test_accessibility import objections, press_until_focused
from tests.e2e.workspace import NewWorkspace, Workspace
from tests.server.files import picture

UPLOADS = "**/api/v1/media?name=*"
PIZZA = picture("PNG", 40, 40)


def put(workspace: Workspace, key: str, name: str, content: bytes) -> None:
    """Have a file in the library."""
    server = workspace.server
    address = f"{server.url}/api/v1/media/{key}?replaces=*&name={name}"
    headers = {"Origin": server.url, "Content-Type": "application/octet-stream"}
    answer = workspace.page.request.put(address, headers=headers, data=content)
    assert answer.ok, answer.text()


def drop(page: Page, *files: tuple[str, str]) -> None:
    """Drop files of text on the page, as from the desktop."""
    page.evaluate(
        """files => {
            const data = new DataTransfer();
            for (const [name, text] of files) data.items.add(new File([text], name));
            const target = document.querySelector("h1");
            for (const type of ["dragenter", "dragover", "drop"])
                target.dispatchEvent(new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
        }""",
        list(files),
    )


def choose(workspace: Workspace, name: str, content: bytes) -> None:
    """Choose a file of the computer by the button."""
    with workspace.page.expect_file_chooser() as chooser:
        workspace.page.get_by_role("button", name="Upload", exact=True).first.click()
    chooser.value.set_files({"name": name, "mimeType": "application/octet-stream", "buffer": content})


def card(workspace: Workspace, name: str) -> Locator:
    """The card of a file."""
    return workspace.page.get_by_role("link", name=name)


def look_at(workspace: Workspace, key: str) -> None:
    """Come to the address of a file."""
    workspace.page.goto(f"{workspace.server.url}/media/{key}")
    expect(workspace.dialog).to_be_visible()


@pytest.fixture
def library(workspace: Workspace) -> Workspace:
    """A library of its own: what others left in it goes."""
    for file in workspace.ask("GET", "/media?limit=200")["items"]:
        workspace.ask("DELETE", f"/media/{file['key']}?force=true")
    return workspace


def test_files_are_dropped_found_and_shown_as_cards_or_rows(library: Workspace) -> None:
    page = library.page
    library.open("/media", "Media")
    expect(page.get_by_role("heading", name="There is no file yet")).to_be_visible()
    drop(page, ("Opening hours.txt", "We are open from 9 to 5."), ("Menu.txt", "Pizza"))
    expect(card(library, "Opening hours.txt")).to_be_visible()
    choose(library, "Pizza.png", PIZZA)
    expect(card(library, "Pizza.png")).to_be_visible()
    expect(page.get_by_role("list", name="Uploads")).to_be_hidden()

    page.get_by_label("Search").fill("menu")
    expect(card(library, "Pizza.png")).to_have_count(0)
    expect(card(library, "Menu.txt")).to_be_visible()
    page.get_by_label("Search").fill("no such thing")
    library.press("Show all files")
    page.get_by_role("combobox", name="Kind").click()
    page.get_by_role("option", name="Pictures").click()
    expect(card(library, "Menu.txt")).to_have_count(0)

    library.press("As a table")
    page.reload()
    expect(library.row("Pizza.png")).to_contain_text("40 × 40")
    expect(library.row("Menu.txt")).to_contain_text("Document")


def test_a_file_is_looked_at_renamed_copied_downloaded_and_deleted(library: Workspace) -> None:
    put(library, "pizza", "Pizza.png", PIZZA)
    look_at(library, "pizza")
    page = library.page
    shown = library.dialog.get_by_role("img", name="Pizza.png")
    expect(shown).to_be_visible()
    expect(shown).to_have_js_property("naturalWidth", 40)
    library.press("Copy the link")
    link = page.evaluate("navigator.clipboard.readText()")
    assert page.request.get(link).body() == PIZZA
    with page.expect_download() as download:
        library.dialog.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "Pizza.png"

    library.press("Rename")
    renaming = page.get_by_role("dialog", name="Rename Pizza.png")
    renaming.get_by_role("textbox", name="Name").fill(" ")
    renaming.get_by_role("button", name="Rename").click()
    expect(renaming.get_by_role("textbox", name="Name")).to_have_attribute("aria-invalid", "true")
    renaming.get_by_role("textbox", name="Name").fill("Our pizza.png")
    renaming.get_by_role("button", name="Rename").click()
    expect(library.dialog.get_by_role("heading", name="Our pizza.png")).to_be_visible()

    library.press("Delete")
    page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(library.dialog).to_have_count(0)
    expect(page.get_by_role("heading", name="There is no file yet")).to_be_visible()
    page.go_back()
    expect(library.dialog).to_contain_text("There is no such file")


def test_a_file_that_a_published_chatbot_uses_stays(library: Workspace) -> None:
    put(library, "room-1", "Room.png", PIZZA)
    look_at(library, "room-1")
    library.press("Delete")
    library.page.get_by_role("alertdialog").get_by_role("button", name="Delete").click()
    expect(library.page.get_by_role("alert")).to_contain_text("is used by rooms")


def test_an_upload_that_fails_is_sent_again_without_choosing_again(library: Workspace) -> None:
    page = library.page
    library.open("/media", "Media")
    page.route(UPLOADS, lambda route: route.abort())
    choose(library, "Menu.txt", b"Pizza")
    uploads = page.get_by_role("list", name="Uploads")
    expect(uploads).to_contain_text("did not answer")
    page.unroute(UPLOADS)
    library.press("Send Menu.txt again")
    expect(card(library, "Menu.txt")).to_be_visible()


def test_what_will_not_be_taken_is_told_and_the_rest_goes_on(library: Workspace) -> None:
    page = library.page
    library.open("/media", "Media")
    drop(page, ("page.html", "<!doctype html><html></html>"), ("empty.txt", ""), ("a.txt", "A"))
    uploads = page.get_by_role("list", name="Uploads").get_by_role("listitem")
    expect(uploads.filter(has_text="page.html")).to_contain_text("no file that a message can carry")
    expect(uploads.filter(has_text="empty.txt")).to_contain_text("The file is empty.")
    expect(card(library, "a.txt")).to_be_visible()
    library.press("Take page.html off the list")
    library.press("Take empty.txt off the list")
    expect(uploads).to_have_count(0)


def test_an_upload_is_stopped(library: Workspace) -> None:
    page = library.page
    library.open("/media", "Media")
    page.route(UPLOADS, lambda route: None)  # it never gets anywhere
    choose(library, "Long film.txt", b"x" * 100_000)
    expect(page.get_by_role("progressbar", name="Long film.txt")).to_be_visible()
    library.press("Stop the upload of Long film.txt")
    expect(page.get_by_role("list", name="Uploads")).to_be_hidden()
    assert library.ask("GET", "/media")["items"] == []


def test_an_upload_goes_on_while_another_page_is_looked_at(library: Workspace) -> None:
    page = library.page
    library.open("/media", "Media")
    page.route(UPLOADS, lambda route: None)
    choose(library, "Long film.txt", b"x")
    library.go("Chatbots")
    library.go("Media")
    expect(page.get_by_role("progressbar", name="Long film.txt")).to_be_visible()
    library.press("Stop the upload of Long film.txt")


def test_a_file_is_looked_at_by_keyboard_alone(library: Workspace) -> None:
    put(library, "menu", "Menu.txt", b"Pizza")
    library.open("/media", "Media")
    page = library.page
    page.get_by_label("Search").focus()
    for _ in range(6):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "A":
            break
    page.keyboard.press("Enter")
    expect(library.dialog.get_by_role("button", name="Close")).to_be_focused()
    press_until_focused(page, "Shift+Tab", "button", "Rename")
    page.keyboard.press("Enter")
    page.keyboard.type("Menu of today.txt")
    page.keyboard.press("Enter")
    expect(library.dialog.get_by_role("heading", name="Menu of today.txt")).to_be_visible()
    expect(page.locator("[role=dialog]")).to_have_count(1)  # the form is gone: Escape is for what is below it
    page.keyboard.press("Escape")
    expect(card(library, "Menu of today.txt")).to_be_focused()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_objects_to_nothing(new_workspace: NewWorkspace, theme: str) -> None:
    workspace = new_workspace(theme=theme)
    put(workspace, "menu", "Menu.png", PIZZA)
    for look in ("As cards", "As a table"):
        workspace.open("/media", "Media")
        workspace.press(look)
        drop(workspace.page, ("empty.txt", ""))
        assert objections(workspace.page) == []
    workspace.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    look_at(workspace, "menu")
    expect(workspace.dialog.get_by_role("img", name="Menu.png")).to_be_visible()
    assert objections(workspace.page) == []
