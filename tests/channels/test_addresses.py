"""Which hosts a channel may connect to: no name leads into a network, unless the operator lists it."""

import pytest

from botflow.channels.addresses import Hosts, VendorAddressError
from botflow.channels.http import VendorHttp

INSIDE = [
    "127.0.0.1",
    "localhost",
    "10.1.2.3",
    "192.168.0.1",
    "169.254.169.254",
    "100.64.0.1",
    "0.0.0.0",
    "224.0.0.1",
    "::1",
    "[::1]",
    "::ffff:127.0.0.1",
    "fe80::1%lo",
    "2002:7f00:1::",
    "2130706433",
    "0x7f.1",
]


@pytest.mark.parametrize("host", INSIDE)
def test_an_address_inside_a_network_is_refused_with_what_to_do(host: str) -> None:
    with pytest.raises(VendorAddressError, match=r"is not a public address\. .* list it in BOTFLOW_VENDOR_HOSTS"):
        Hosts().resolve(host, 25)


@pytest.mark.parametrize(
    ("listed", "port", "is_reached"),
    [("localhost", 25, True), ("LOCALHOST:25", 25, True), ("localhost:25", 26, False), ("localhost.", 25, False)],
)
def test_what_the_operator_lists_is_reached(listed: str, port: int, is_reached: bool) -> None:
    hosts = Hosts([listed])
    assert hosts.is_listed("localhost", port) is is_reached
    if is_reached:
        assert "127.0.0.1" in hosts.resolve("localhost", port)
    else:
        with pytest.raises(VendorAddressError):
            hosts.resolve("localhost", port)


def test_a_public_address_is_reached() -> None:
    assert Hosts().resolve("8.8.8.8", 443) == ("8.8.8.8",)


@pytest.mark.parametrize("host", ["a..b", "x" * 64 + ".com", ".example.com"])
def test_what_is_no_name_is_refused_with_a_sentence(host: str) -> None:
    with pytest.raises(VendorAddressError, match="is no name of a host"):
        Hosts().resolve(host, 443)


@pytest.mark.parametrize(
    "url", ["http://[", "ftp://example.com", "https://", "example.com", "http://127.0.0.1:1/", "http://a:x/"]
)
def test_http_calls_none_of_them(url: str) -> None:
    with pytest.raises(VendorAddressError):
        VendorHttp().request("GET", url)


@pytest.mark.parametrize("url", ["http://8.8.8.8/", "http://8.8.8.8:8443/", "HTTP://8.8.8.8/"])
def test_plain_http_reaches_nobody_but_whom_the_operator_lists(url: str) -> None:
    with pytest.raises(VendorAddressError, match=r"over https only\. .* BOTFLOW_VENDOR_HOSTS"):
        VendorHttp(["8.8.8.8:81"]).request("GET", url)
    with pytest.raises(VendorAddressError, match="over https only"):
        list(VendorHttp().stream(url))
