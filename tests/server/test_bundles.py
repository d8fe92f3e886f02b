"""Bundles: scenarios and their media in one zip file, taken in with care (CB-9, AS-1)."""

import io
import json
import stat
import struct
import zipfile
from typing import Any

import pytest
from werkzeug.test import TestResponse

from botflow.chatbots import archives
from botflow_runtime.canonical import canonical
from tests.server.api import Api
from tests.server.files import PNG, picture
from tests.server.scenarios import GREETER, Document, scenario

SHOP = scenario(
    "shop",
    {
        "id": "show",
        "kind": "action",
        "final": True,
        "step": {"type": "static_message", "content": {"type": "file", "media": {"asset": "logo"}}},
    },
)
MANIFEST = {"format": "botflow.bundle/1", "media": [{"key": "logo", "name": "Logo", "file": "media/1.png"}]}


@pytest.fixture
def key(api: Api) -> str:
    return api.key("acme")


def zipped(*files: tuple[str | zipfile.ZipInfo, Any], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, value in files:
            archive.writestr(name, value if isinstance(value, bytes) else json.dumps(value))
    return content.getvalue()


BUNDLE = zipped(("bundle.json", MANIFEST), ("scenarios/shop.json", SHOP), ("media/1.png", PNG), ("__MACOSX/x", b""))


def take_in(api: Api, key: str, content: bytes, query: str = "") -> TestResponse:
    headers = {"X-API-Key": key, "Content-Type": "application/zip"}
    return api.program().post(f"/api/v1/bundles{query}", data=content, headers=headers)


def export(api: Api, key: str, *chatbots: str) -> TestResponse:
    query = "&".join(f"chatbot={chatbot}" for chatbot in chatbots)
    return api.program().get(f"/api/v1/bundles?{query}", headers={"X-API-Key": key}, buffered=True)


def test_a_bundle_goes_from_one_company_to_another(api: Api, key: str) -> None:
    api.call("PUT", "/chatbots/greeter/draft", GREETER, key=key)
    api.call("PUT", "/chatbots/shop/draft", SHOP, key=key)
    api.program().put("/api/v1/media/logo?name=Our logo", data=PNG, headers={"X-API-Key": key})
    answer = export(api, key, "shop", "greeter")
    assert (answer.status_code, answer.content_type) == (200, "application/zip")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        assert archive.namelist() == ["bundle.json", "scenarios/shop.json", "scenarios/greeter.json", "media/1.png"]
        assert archive.read("scenarios/shop.json").decode() == canonical(SHOP)
        assert archive.testzip() is None
    assert export(api, key, "shop", "greeter").data == answer.data
    other = api.key("other")
    taken = take_in(api, other, answer.data).get_json()
    assert [(one["id"], one["created"], one["missing"]["assets"]) for one in taken["scenarios"]] == [
        ("shop", True, []),
        ("greeter", True, []),
    ]
    assert taken["media"] == [{"key": "logo", "created": True, "changed": True}]
    again = take_in(api, other, answer.data).get_json()
    assert [one["changed"] for one in (*again["scenarios"], *again["media"])] == [False, False, False]
    assert export(api, other, "shop", "greeter").data == answer.data
    assert export(api, other, "shop", "nobody").status_code == 404
    with zipfile.ZipFile(io.BytesIO(export(api, other).data)) as archive:
        assert len(archive.namelist()) == 4


def test_what_is_here_already_is_not_overwritten_unless_told_to(api: Api, key: str) -> None:
    changed: Document = SHOP | {"name": "Changed"}
    api.call("PUT", "/chatbots/shop/draft", changed, key=key)
    api.program().put("/api/v1/media/logo", data=picture("PNG", 9, 9), headers={"X-API-Key": key})
    both = zipped(
        ("bundle.json", MANIFEST), ("scenarios/s.json", SHOP), ("scenarios/g.json", GREETER), ("media/1.png", PNG)
    )
    refused = take_in(api, key, both)
    assert refused.status_code == 409
    assert "chatbot 'shop', file 'logo'" in refused.get_json()["detail"]
    assert api.call("GET", "/chatbots/greeter", key=key).status_code == 404  # all of it, or nothing
    assert take_in(api, key, both, "?overwrite=true").status_code == 200
    assert api.call("GET", "/chatbots/shop", key=key).get_json()["name"] == "Shop"
    assert api.call("GET", "/media/logo", key=key).get_json()["width"] == 3


def test_who_may_not_see_or_upload_media_exchanges_scenarios_only(api: Api, key: str) -> None:
    bound = api.key("acme", frozenset({"chatbots.view", "chatbots.edit"}))
    assert take_in(api, bound, BUNDLE).status_code == 403
    assert take_in(api, bound, zipped(("scenarios/shop.json", SHOP))).status_code == 200
    assert export(api, bound, "shop").status_code == 403


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def overlapping() -> bytes:
    """Every file's entry points to the same data: small packed, huge unpacked."""
    entry = zipped(("scenarios/a", b"\0" * 10_000_000))
    start = entry.index(b"PK\1\2")
    listed, end = entry[start : entry.index(b"PK\5\6")], entry[entry.index(b"PK\5\6") :]
    lists = b"".join(
        listed.replace(b"scenarios/a", f"scenarios/{chr(97 + number % 26)}".encode()) for number in range(200)
    )
    return entry[:start] + lists + end[:8] + struct.pack("<HHII", 200, 200, len(lists), start) + end[20:]


def with_a_second_end(comment: bytes = b"") -> bytes:
    """The usual end record tells of a small list; the one for large files, which is believed, of a huge one."""
    entry = zipped(("scenarios/a.json", GREETER))
    start, end = entry.index(b"PK\1\2"), entry.index(b"PK\5\6")
    large = struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, 1, 1, archives.MOST_LIST_BYTES + 1, start)
    locator = struct.pack("<4sIQI", b"PK\6\7", 0, end, 1)
    return entry[:end] + large + locator + entry[end:-2] + struct.pack("<H", len(comment)) + comment


HOSTILE = {
    "no zip file": (b"hello", "no zip file"),
    "nothing": (b"", "no zip file"),
    "cut off": (BUNDLE[: len(BUNDLE) // 2], "no zip file"),
    "an absolute name": (zipped(("/etc/passwd", b"x")), "leads out"),
    "a name upwards": (zipped(("scenarios/../../x.json", GREETER)), "leads out"),
    "a name with a drive": (zipped(("C:/x.json", GREETER)), "leads out"),
    "a link": (zipped((link("scenarios/x.json"), b"/etc/passwd")), "is a link"),
    "too many files": (zipped(*((f"scenarios/{number}", b"") for number in range(2_001))), "more than 2,000 files"),
    "overlapping files": (overlapping(), "Unpacked"),
    "a second end": (with_a_second_end(), "files of more than 4 GB"),
    "a second end behind a long comment": (with_a_second_end(b" " * 65_535), "files of more than 4 GB"),
    "an unknown file": (zipped(("readme.txt", b"hi")), "neither a scenario nor a file"),
    "a missing file": (zipped(("bundle.json", MANIFEST)), "is not in the bundle"),
    "a newer manifest": (zipped(("bundle.json", {"format": "botflow.bundle/2"})), "cannot be read"),
    "a manifest of nonsense": (zipped(("bundle.json", b"[" * 100_000)), "cannot be read"),
    "one id twice": (zipped(("scenarios/a.json", GREETER), ("scenarios/b.json", GREETER)), "twice in the bundle"),
    "no scenario": (zipped(("scenarios/a.json", b"[]")), "cannot be read"),
    "an id that is a path": (zipped(("scenarios/a.json", GREETER | {"id": "../x"})), "cannot be an id"),
    "a program": (zipped(("bundle.json", MANIFEST), ("media/1.png", b"MZ\x90\0")), "'media/1.png' in the bundle"),
    "a method from elsewhere": (zipped(("scenarios/a.json", GREETER), method=zipfile.ZIP_LZMA), "use deflate"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_what_is_hostile_or_wrong_is_refused_with_a_sentence(api: Api, key: str, what: str) -> None:
    content, says = HOSTILE[what]
    answer = take_in(api, key, content)
    assert (answer.status_code, answer.content_type) == (422, "application/problem+json"), answer.text
    assert says in answer.get_json()["detail"]
    assert api.call("GET", "/chatbots", key=key).get_json()["items"] == []


def test_a_name_that_is_twice_is_refused(api: Api, key: str) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        content = zipped(("scenarios/a.json", GREETER), ("scenarios/a.json", SHOP))
    assert "'scenarios/a.json' is twice" in take_in(api, key, content).get_json()["detail"]


def test_damaged_content_is_noticed(api: Api, key: str) -> None:
    content = bytearray(zipped(("scenarios/a.json", GREETER), method=zipfile.ZIP_STORED))
    content[content.index(b"Hello!")] ^= 1
    answer = take_in(api, key, bytes(content))
    assert (answer.status_code, "damaged" in answer.get_json()["detail"]) == (422, True)


def test_a_list_that_claims_to_be_small_is_not_read_whole(api: Api, key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "MOST_LIST_BYTES", 100)
    assert take_in(api, key, BUNDLE).status_code == 422
