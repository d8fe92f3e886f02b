"""Content of every kind is shown, can be used, and fits a phone."""

import urllib.parse

from playwright.sync_api import Page, expect

from tests.e2e.chat import Chat, open_chat
from tests.e2e.conftest import PHONE, NewContext, Server


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def test_a_carousel_scrolls_by_keys_and_buttons_and_its_cards_answer(page: Page, server: Server) -> None:
    chat = open_chat(page, server.url, "Hotel rooms")
    strip = page.get_by_role("region", name="Cards").get_by_role("list").first
    expect(strip.get_by_role("article")).to_have_count(5)
    strip.focus()
    strip.press("ArrowRight")
    page.wait_for_function("strip => strip.scrollLeft > 0", arg=strip.element_handle())
    chat.tap("Previous card")
    page.wait_for_function("strip => strip.scrollLeft === 0", arg=strip.element_handle())
    chat.tap("Book room 2")
    expect(page.get_by_role("heading", name="Booked")).to_be_visible()
    expect(chat.button("Book room 2")).to_be_disabled()
    expect(page.get_by_role("link", name="See the hotel")).to_have_attribute("rel", "noopener noreferrer")


def test_actions_lead_out_of_the_chat(page: Page, server: Server) -> None:
    open_chat(page, server.url, "Hotel rooms")
    expect(page.get_by_role("link", name="Call us")).to_have_attribute("href", "tel:+34911234567")
    place = page.get_by_role("link", name="Where we are").get_attribute("href") or ""
    assert "40.4168" in place
    event = page.get_by_role("link", name="Save the date")
    calendar = urllib.parse.unquote(event.get_attribute("href") or "")
    assert "DTSTART:20261201T150000Z" in calendar
    expect(event).to_have_attribute("download", "event.ics")


def test_where_the_person_is_can_be_shared(new_context: NewContext, server: Server) -> None:
    context = new_context()
    context.grant_permissions(["geolocation"])
    context.set_geolocation({"latitude": 40.5, "longitude": -3.5})
    chat = open_chat(context.new_page(), server.url, "Hotel rooms")
    chat.tap("Share my place")
    chat.tap("Use where I am")
    expect(chat.messages.get_by_text("40.5, -3.5")).to_be_visible()
    expect(chat.composer).to_be_focused()
    expect(chat.messages.last).to_have_text("Thanks for telling where you are.")


def test_a_list_is_chosen_from_and_a_place_is_typed(page: Page, server: Server) -> None:
    chat = open_chat(page, server.url, "Appointment")
    chat.tap("See the days")
    dialog = page.get_by_role("dialog", name="Opening hours")
    expect(dialog.get_by_role("button", name="Choose")).to_be_disabled()
    dialog.get_by_label("Friday").check()
    dialog.get_by_role("button", name="Choose").click()
    expect(chat.messages.get_by_text("Friday", exact=True)).to_be_visible()
    expect(chat.composer).to_be_focused()

    chat.tap("Share a location")
    share = page.get_by_role("dialog", name="Share a location")
    share.get_by_label("Latitude").fill("91")
    share.get_by_label("Longitude").fill("-3,7")
    share.get_by_role("button", name="Send this location").click()
    expect(share.get_by_role("alert")).to_contain_text("from -90 to 90")
    share.get_by_label("Latitude").fill("40.4")
    share.get_by_role("button", name="Send this location").click()
    expect(chat.messages.get_by_text("40.4, -3.7", exact=True)).to_be_visible()

    expect(page.get_by_role("heading", name="The practice")).to_be_visible()
    expect(page.get_by_role("link", name="Open plan.pdf")).to_be_visible()
    expect(page.get_by_role("heading", name="Booked")).to_be_visible()
    expect(page.get_by_text("See you soon. You told us 40.4,-3.7.")).to_be_visible()


def test_escape_closes_a_dialog_and_gives_the_focus_back(page: Page, server: Server) -> None:
    chat = open_chat(page, server.url, "Appointment")
    chat.tap("See the days")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(chat.button("See the days")).to_be_focused()


def test_nothing_is_wider_than_a_phone(new_context: NewContext, server: Server) -> None:
    page = new_context(size=PHONE).new_page()
    page.goto(server.url)
    expect(page.get_by_role("article")).to_have_count(4)
    assert fits(page)
    chat = open_chat(page, server.url, "Hotel rooms")
    expect(page.get_by_role("article")).to_have_count(5)
    assert fits(page)
    chat.tap("Book room 1")
    expect(page.get_by_role("heading", name="Booked")).to_be_visible()
    assert fits(page)
    chat = open_chat(page, server.url, "Pizza order")
    chat.expect_texts("Hi! What is your name?")
    chat.write("W" * 300)
    expect(chat.messages).to_have_count(3)
    assert fits(page)
    assert page.evaluate("log => log.scrollWidth <= log.clientWidth", chat.log.element_handle())


def test_a_bot_that_speaks_spanish_is_understood(new_context: NewContext, server: Server) -> None:
    page = new_context(language="es-ES").new_page()
    page.goto(server.url)
    page.get_by_role("link", name="Chatear con Encuesta").click()
    chat = Chat(page)
    chat.expect_texts("¿Qué tal el niño hoy?")
    expect(chat.log.locator("[lang=es]")).to_have_count(1)
    chat.tap("Bien")
    chat.expect_texts("¿Qué tal el niño hoy?", "Bien", "Gracias: Bien.")
    expect(page.get_by_text("Este chat ha terminado.")).to_be_visible()
