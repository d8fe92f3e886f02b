"""botbuilder-dialogs: a waterfall with prompts; its state is stored as JSON by jsonpickle, as its own storages do."""

from __future__ import annotations

import asyncio
from itertools import count
from typing import Any

import jsonpickle
from botbuilder.core import ConversationState, MessageFactory, Storage, TurnContext
from botbuilder.core.adapters import TestAdapter
from botbuilder.dialogs import DialogSet, DialogTurnStatus, WaterfallDialog, WaterfallStepContext
from botbuilder.dialogs.prompts import PromptOptions, PromptValidatorContext, TextPrompt
from botbuilder.schema import Activity, ActivityTypes, ChannelAccount, ConversationAccount
from rounds import INBOUND, SUGGESTIONS, report


class JsonStorage(Storage):
    def __init__(self) -> None:
        self.rows: dict[str, str] = {}

    async def read(self, keys: list[str]) -> dict[str, Any]:
        return {key: jsonpickle.decode(self.rows[key]) for key in keys if key in self.rows}

    async def write(self, changes: dict[str, Any]) -> None:
        for key, change in changes.items():
            self.rows[key] = jsonpickle.encode(change)

    async def delete(self, keys: list[str]) -> None:
        for key in keys:
            self.rows.pop(key, None)


async def ask_name(step: WaterfallStepContext) -> Any:
    await step.context.send_activity(MessageFactory.text("Welcome to the pizza bot!"))
    return await step.prompt("name", PromptOptions(prompt=MessageFactory.text("What is your name?")))


async def ask_size(step: WaterfallStepContext) -> Any:
    step.values["name"] = step.result
    question = MessageFactory.text(f"Which size, {step.result}?")
    question.channel_data = {"suggestions": SUGGESTIONS}
    return await step.prompt("size", PromptOptions(prompt=question))


async def thank(step: WaterfallStepContext) -> Any:
    name = step.values["name"]
    text = f"Thanks {name}, your pizza is on its way." if len(name) > 2 else "Thanks, whoever you are."
    await step.context.send_activity(MessageFactory.text(text))
    return await step.end_dialog()


async def is_size(prompt: PromptValidatorContext) -> bool:
    return prompt.recognized.succeeded and prompt.recognized.value.lower() in ("s", "small", "l", "large")


STORAGE = JsonStorage()
STATE = ConversationState(STORAGE)
DIALOGS = DialogSet(STATE.create_property("dialog"))
DIALOGS.add(TextPrompt("name"))
DIALOGS.add(TextPrompt("size", is_size))
DIALOGS.add(WaterfallDialog("pizza", [ask_name, ask_size, thank]))
CONTACTS = count()
LOOP = asyncio.new_event_loop()


async def turn(context: TurnContext) -> None:
    dialogs = await DIALOGS.create_context(context)
    result = await dialogs.continue_dialog()
    if result.status == DialogTurnStatus.Empty and "pizza" in context.activity.text.lower():
        await dialogs.begin_dialog("pizza")
    await STATE.save_changes(context)


async def conversation() -> list[str]:
    contact = f"contact-{next(CONTACTS)}"
    adapter = TestAdapter(turn)
    replies: list[str] = []
    for text, _ in INBOUND:
        activity = Activity(
            type=ActivityTypes.message,
            id=text,
            text=text,
            channel_id="test",
            from_property=ChannelAccount(id=contact),
            recipient=ChannelAccount(id="bot"),
            conversation=ConversationAccount(id=contact),
            service_url="https://example.com",
        )
        await adapter.process_activity(activity, turn)
    replies += [sent.text for sent in adapter.activity_buffer if sent.type == ActivityTypes.message]
    STORAGE.rows.clear()
    return replies


report(lambda: LOOP.run_until_complete(conversation()))
