"""The simulated vendors, by the name of the adapter that talks to them: one line each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from botflow.vendor_sim.contract import HttpVendor, LineVendor
from botflow.vendor_sim.fcm import Fcm
from botflow.vendor_sim.mail import MailServer
from botflow.vendor_sim.rcs import RcsBusiness
from botflow.vendor_sim.sms_http import SmsHttp
from botflow.vendor_sim.smsc import Smsc
from botflow.vendor_sim.viber import ViberBot
from botflow.vendor_sim.voice import HttpVoice
from botflow.vendor_sim.web_push import WebPush
from botflow.vendor_sim.whatsapp import WhatsAppCloud

VENDORS: Final[Mapping[str, Callable[[], HttpVendor | LineVendor]]] = {
    WhatsAppCloud.name: WhatsAppCloud,
    RcsBusiness.name: RcsBusiness,
    ViberBot.name: ViberBot,
    MailServer.name: MailServer,
    WebPush.name: WebPush,
    Fcm.name: Fcm,
    HttpVoice.name: HttpVoice,
    Smsc.name: Smsc,
    SmsHttp.name: SmsHttp,
}
