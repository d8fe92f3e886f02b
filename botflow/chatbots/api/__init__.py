"""HTTP: chatbots, their drafts and versions, and those that can be tried on the page."""

from botflow.chatbots.api.bundles import bundles_api
from botflow.chatbots.api.chatbots import chatbots_api
from botflow.chatbots.api.examples import examples_api
from botflow.chatbots.api.expressions import expressions_api
from botflow.chatbots.api.patterns import patterns_api
from botflow.chatbots.api.presence import presence_api
from botflow.chatbots.api.scripts import scripts_api
from botflow.chatbots.api.trials import trials_api
from botflow.chatbots.api.versions import versions_api
from botflow.chatbots.api.webchat import webchat_api

__all__ = [
    "bundles_api",
    "chatbots_api",
    "examples_api",
    "expressions_api",
    "patterns_api",
    "presence_api",
    "scripts_api",
    "trials_api",
    "versions_api",
    "webchat_api",
]
