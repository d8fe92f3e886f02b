"""The first page: what this is, and the chatbots to try."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import NewContext, Server, running


def test_it_says_what_this_is_and_lists_the_chatbots(page: Page, server: Server) -> None:
    page.goto(server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Chat with a bot")
    expect(page.get_by_text("Pick one and chat with it")).to_be_visible()
    card = page.get_by_role("article").filter(has_text="Pizza order")
    expect(card).to_contain_text("Takes an order: a name, a size, and the price.")
    expect(card).to_contain_text("Web chat")
    expect(card).to_contain_text("English")
    expect(page.get_by_role("article")).to_have_count(4)


@pytest.mark.parametrize(("name", "channel"), [("Hotel rooms", "RCS"), ("Appointment", "WhatsApp")])
def test_chatbots_of_other_channels_can_be_tried_too(page: Page, server: Server, name: str, channel: str) -> None:
    page.goto(server.url)
    expect(page.get_by_role("article").filter(has_text=name)).to_contain_text(channel)


def test_without_chatbots_it_tells_how_to_get_one(page: Page, page_is_built: None, tmp_path: Path) -> None:
    with running(tmp_path / "data", examples=None) as empty:
        page.goto(empty.url)
        expect(page.get_by_role("heading", name="No chatbot is published yet")).to_be_visible()
        expect(page.get_by_text("botflow validate FILE")).to_be_visible()


def test_a_failure_is_told_and_can_be_tried_again(page: Page, server: Server) -> None:
    page.route("**/api/v1/webchat/chatbots", lambda route: route.abort())
    page.goto(server.url)
    expect(page.get_by_role("alert")).to_contain_text("The list of chatbots could not be loaded")
    page.unroute("**/api/v1/webchat/chatbots")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("article")).to_have_count(4)


def test_an_unknown_address_leads_back(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/nowhere")
    page.get_by_role("link", name="See all chatbots").click()
    expect(page).to_have_url(f"{server.url}/")
    expect(page.get_by_role("article")).to_have_count(4)


def test_it_speaks_the_browsers_language_and_the_chosen_one(new_context: NewContext, server: Server) -> None:
    page = new_context(language="es-ES").new_page()
    page.goto(server.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Chatea con un bot")
    page.get_by_label("Idioma").select_option("English")
    expect(page.get_by_role("heading", level=1)).to_have_text("Chat with a bot")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Chat with a bot")
    expect(page.locator("html")).to_have_attribute("lang", "en")


def test_it_is_light_or_dark_as_the_system_or_the_person_says(new_context: NewContext, server: Server) -> None:
    page = new_context(theme="dark").new_page()
    page.goto(server.url)
    dark = background(page)
    page.get_by_label("Appearance").select_option("Light theme")
    light = background(page)
    assert dark != light
    page.reload()
    expect(page.get_by_role("article")).to_have_count(4)
    assert background(page) == light
    page.get_by_label("Appearance").select_option("System theme")
    assert background(page) == dark


def background(page: Page) -> str:
    return str(page.evaluate("getComputedStyle(document.body).backgroundColor"))
