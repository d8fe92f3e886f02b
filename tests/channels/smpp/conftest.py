from collections.abc import Iterator

import pytest

from botflow.channels.http import VendorHttp
from botflow.channels.smpp.adapter import Smpp
from tests.channels.smpp.lines import Centre


@pytest.fixture
def smsc() -> Iterator[Centre]:
    with Centre() as smsc:
        yield smsc


@pytest.fixture
def smpp() -> Iterator[Smpp]:
    adapter = Smpp(VendorHttp(["127.0.0.1"]))
    yield adapter
    adapter.close()
