"""chatsky: a script of nodes in its own context storage in memory, which spares it the JSON of the others."""

from __future__ import annotations

from itertools import count

from chatsky import (
    GLOBAL,
    PRE_TRANSITION,
    RESPONSE,
    TRANSITIONS,
    BaseCondition,
    BaseProcessing,
    BaseResponse,
    Context,
    Message,
    Pipeline,
)
from chatsky import Transition as Tr
from chatsky import conditions as cnd
from rounds import INBOUND, SUGGESTIONS, report


class KeepName(BaseProcessing):
    async def call(self, ctx: Context) -> None:
        ctx.misc["name"] = ctx.last_request.text


class KeepSize(BaseProcessing):
    async def call(self, ctx: Context) -> None:
        ctx.misc["size"] = ctx.last_request.text


class IsKnown(BaseCondition):
    async def call(self, ctx: Context) -> bool:
        return len(ctx.misc["name"]) > 2


class WhichSize(BaseResponse):
    async def call(self, ctx: Context) -> Message:
        return Message(text=f"Which size, {ctx.misc['name']}?", misc={"suggestions": SUGGESTIONS})


class Thanks(BaseResponse):
    async def call(self, ctx: Context) -> Message:
        return Message(text=f"Thanks {ctx.misc['name']}, your pizza is on its way.")


SIZE = cnd.Regexp("^(s(mall)?|l(arge)?)$", flags=2)
SCRIPT = {
    GLOBAL: {},
    "pizza": {
        "start": {TRANSITIONS: [Tr(dst="name", cnd=cnd.Regexp("pizza", flags=2))]},
        "fallback": {RESPONSE: "?"},
        "name": {
            RESPONSE: "Welcome to the pizza bot!\nWhat is your name?",
            PRE_TRANSITION: {"keep": KeepName()},
            TRANSITIONS: [Tr(dst="size")],
        },
        "size": {
            RESPONSE: WhichSize(),
            PRE_TRANSITION: {"keep": KeepSize()},
            TRANSITIONS: [
                Tr(dst="thanks", cnd=cnd.All(SIZE, IsKnown())),
                Tr(dst="anonymous", cnd=SIZE),
                Tr(dst="size"),
            ],
        },
        "thanks": {RESPONSE: Thanks()},
        "anonymous": {RESPONSE: "Thanks, whoever you are."},
    },
}
PIPELINE = Pipeline(script=SCRIPT, start_label=("pizza", "start"), fallback_label=("pizza", "fallback"))
CONTEXTS = count()


def converse() -> list[str]:
    contact = f"contact-{next(CONTEXTS)}"
    replies: list[str] = []
    for text, _ in INBOUND:
        context = PIPELINE(Message(text=text), contact)
        replies += (context.last_response.text or "").split("\n")
    return replies


report(converse)
