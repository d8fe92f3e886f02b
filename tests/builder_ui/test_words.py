"""The page has words for what the server's adapters ask for (AS-2)."""

import re
from pathlib import Path

import pytest

from botflow.channels.http import VendorHttp
from botflow.channels.registry import make_adapters
from botflow.senders.connecting import schema_of
from hatch_build import SOURCE

WORDS = Path(__file__).parents[2] / SOURCE / "src" / "i18n"


@pytest.mark.parametrize("language", ["en", "es"])
def test_every_field_of_credentials_has_words(language: str) -> None:
    text = (WORDS / language / "credentials.ts").read_text()
    said = {
        (adapter, field)
        for adapter, fields in re.findall(r"^  (\w+): \{\n(.*?)^  \},", text, re.MULTILINE | re.DOTALL)
        for field in re.findall(r"^    (\w+): \{ title: ", fields, re.MULTILINE)
    }
    adapters = make_adapters(VendorHttp()).values()
    assert said == {(adapter.name, field) for adapter in adapters for field in schema_of(adapter).get("properties", {})}
