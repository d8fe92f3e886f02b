"""The way of `docs/tutorial/first-bot.md`, to the letter, from the sender to the last step of the canvas."""

from playwright.sync_api import expect

from tests.e2e.builder import Builder, make_chatbot

WAYS = (("Weekday", "We are open from nine to five."), ("Weekend", "We are open from ten to two."))


def connect_web_chat(builder: Builder, name: str = "Front desk") -> None:
    builder.open("/chatbots", "Chatbots")
    builder.go("Senders")
    builder.page.get_by_role("link", name="Connect a sender").click()
    builder.page.get_by_role("link", name="Web chat").click()
    builder.page.get_by_label("Name").fill(name)
    builder.press("Connect a sender")
    expect(builder.page.get_by_role("heading", name=name, level=1)).to_be_visible()


def build(builder: Builder, name: str = "Opening hours") -> None:
    """Make the tutorial's chatbot; its condition is open in the end."""
    builder.go("Chatbots")
    make_chatbot(builder, name)
    says = builder.panel.get_by_label("What it says", exact=True)
    builder.node("Greet").click()
    says.fill("Do you come on a weekday or at the weekend?")
    for way, _ in WAYS:
        builder.panel.get_by_role("button", name="Add a button").click()
        builder.page.keyboard.type(way)
    builder.press("Add what comes next")
    builder.page.get_by_role("menuitem", name="Add condition").click()
    for way, answer in WAYS:
        builder.node("Greet?").click()
        branch = builder.node("Greet?").locator("[class*=branch]").filter(has_text=way)
        branch.get_by_role("button", name="Add what comes next").click()
        builder.page.get_by_role("menuitem", name="Add action").click()
        builder.page.keyboard.type(answer)
    builder.node("Greet?").click()
    builder.panel.get_by_label("Anything else goes on to").click()
    builder.page.get_by_role("option", name="Greet", exact=True).click()
    expect(builder.page.get_by_role("toolbar").get_by_role("button", name="No problems")).to_be_visible()
    builder.is_saved()
