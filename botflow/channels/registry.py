"""The channel adapters: a channel is one folder and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from botflow.channels.contract import ChannelAdapter
from botflow.channels.email.adapter import Smtp
from botflow.channels.http import VendorHttp
from botflow.channels.mobile_push.adapter import Fcm
from botflow.channels.rcs.adapter import RcsBusiness
from botflow.channels.smpp.adapter import Smpp
from botflow.channels.sms_http.adapter import SmsHttp
from botflow.channels.tts.adapter import HttpVoice
from botflow.channels.viber.adapter import ViberBot
from botflow.channels.web_push.adapter import WebPush
from botflow.channels.webchat.adapter import WebChat
from botflow.channels.whatsapp.adapter import WhatsAppCloud


def make_adapters(http: VendorHttp) -> Mapping[str, ChannelAdapter[Any]]:
    """Every adapter by its name; they call their vendors through `http`."""
    adapters: tuple[ChannelAdapter[Any], ...] = (
        WebChat(),
        RcsBusiness(http),
        ViberBot(http),
        Smtp(http),
        Smpp(http),
        WhatsAppCloud(http),
        SmsHttp(http),
        WebPush(http),
        Fcm(http),
        HttpVoice(http),
    )
    return {adapter.name: adapter for adapter in adapters}
