"""The channel adapters: a channel is one folder and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from botflow.channels.contract import ChannelAdapter
from botflow.channels.webchat.adapter import WebChat

ADAPTERS: Final[Mapping[str, ChannelAdapter]] = {adapter.name: adapter for adapter in (WebChat(),)}
