"""Message content of every channel: what may be sent, what is wrong with it, what a person reads (MS-1 to MS-11)."""

from typing import Final

from botflow_runtime.content import email, mobile_push, push, rcs, sms, tts, viber, webchat, whatsapp
from botflow_runtime.content.channel import ContentChannel, RequiredKeys, SuggestionView
from botflow_runtime.content.problems import ContentProblem

CHANNELS: Final[dict[str, ContentChannel]] = {
    "sms": sms.CHANNEL,
    "rcs": rcs.CHANNEL,
    "viber": viber.CHANNEL,
    "whatsapp": whatsapp.CHANNEL,
    "webchat": webchat.CHANNEL,
    "email": email.CHANNEL,
    "push": push.CHANNEL,
    "tts": tts.CHANNEL,
    "mobile_push": mobile_push.CHANNEL,
}

__all__ = ["CHANNELS", "ContentChannel", "ContentProblem", "RequiredKeys", "SuggestionView"]
