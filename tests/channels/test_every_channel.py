"""Every adapter of the registry passes the suite, and has what an adapter has: tables, a page, a simulated vendor."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path

import pytest

from botflow.channels.contract import ChannelAdapter, Credentials
from botflow.channels.http import VendorHttp
from botflow.channels.registry import make_adapters
from botflow.channels.testing import channel_suite
from botflow.vendor_sim.registry import VENDORS
from botflow_runtime.content import CHANNELS

ROOT = Path(__file__).parent.parent.parent
ADAPTERS = make_adapters(VendorHttp())
WITH_VENDOR = [name for name, adapter in ADAPTERS.items() if adapter.credentials is not Credentials]
TABLES = "tests.channels.tables"
OF_ITS_OWN = {"web_push"}
"""Its vendor's address stands in each contact's, and not in the credentials: test_web_push.py tries the same."""

for name in WITH_VENDOR:
    if importlib.util.find_spec(f"{TABLES}.{name}"):
        suite = channel_suite(
            importlib.import_module(f"{TABLES}.{name}").TABLES,
            lambda http, name=name: make_adapters(http)[name],  # type: ignore[misc]  # mypy cannot tell the type of a default
            VENDORS[name],
        )
        globals()[f"Test_{name}"] = suite
del suite


@pytest.mark.parametrize("name", WITH_VENDOR)
def test_an_adapter_has_tables_and_a_vendor(name: str) -> None:
    if name not in OF_ITS_OWN:
        assert importlib.util.find_spec(f"{TABLES}.{name}"), f"write tests/channels/tables/{name}.py"
        assert name in VENDORS


@pytest.mark.parametrize("name", ADAPTERS)
def test_an_adapter_has_a_page(name: str) -> None:
    pages = [page for page in (ROOT / "docs/reference/channels").glob("*.md") if f"`{name}`" in page.read_text()]
    assert pages, f"describe {name} on a page of docs/reference/channels"


@pytest.mark.parametrize("name", ADAPTERS)
def test_an_adapter_says_what_it_is(name: str) -> None:
    adapter = ADAPTERS[name]
    assert adapter.name == name
    assert adapter.channel in CHANNELS
    assert adapter.title
    assert adapter.has_line == (type(adapter).listen is not ChannelAdapter.listen)
    assert [field for field, info in adapter.credentials.model_fields.items() if not info.description] == []


def test_each_simulated_vendor_has_an_adapter() -> None:
    assert set(VENDORS) <= set(ADAPTERS)
