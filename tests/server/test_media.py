"""The media library: uploads that are what their bytes say, downloads that run nothing, links, crashes (AS-1)."""

import errno
import hashlib
import io
import os
import shutil
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from werkzeug.test import TestResponse

from botflow.assets.service import FETCH_LEASE_MS, MOST_FETCHES, Assets, MissingAssetError, note_incoming
from botflow.assets.store import FileStore, StorageFullError
from botflow.channels.contract import Accepted, Account, Attachment, ChannelAdapter, Credentials, Outbound, SendResult
from botflow.conversations.history import Entry
from botflow.conversations.service import Conversations
from botflow.db import Database
from botflow.jobs.outbox import drain
from botflow.senders.sealing import Seal
from botflow.senders.service import SenderAccounts, ensure_sender
from botflow_runtime.errors import BotflowError
from tests.server.api import START, Api
from tests.server.files import KNOWN, PNG, REFUSED, picture
from tests.server.scenarios import scenario
from tests.server.world import Ears

LARGE = 3 * 1024 * 1024


@pytest.fixture
def key(api: Api) -> str:
    return api.key("acme")


@pytest.fixture(autouse=True)
def assets(api: Api) -> Iterator[Assets]:
    """The library of the app, which all tests share; its folder is empty."""
    assets = api.parts.core.assets
    most_bytes = assets.most_bytes
    yield assets
    assets.most_bytes = most_bytes
    shutil.rmtree(assets.store.folder, ignore_errors=True)


def put(api: Api, key: str, name: str, content: bytes, query: str = "") -> TestResponse:
    return api.client().put(f"/api/v1/media/{name}{query}", data=content, headers={"X-API-Key": key})


def get(api: Api, key: str, path: str, **headers: str) -> TestResponse:
    return link(api, f"/api/v1/media{path}", {"X-API-Key": key} | headers)


def link(api: Api, address: str, headers: Mapping[str, str] = {}) -> TestResponse:
    return api.client().get(address, headers=headers, buffered=True)


def files_in(assets: Assets) -> list[str]:
    return sorted(path.name for path in assets.store.folder.glob("*/*"))


class TestUploads:
    def test_every_type_is_known_by_its_bytes(self, api: Api, key: str) -> None:
        for number, (media_type, content) in enumerate(KNOWN.items()):
            answer = put(api, key, f"file-{number}", content, "?name=wrong.exe")
            assert (answer.status_code, answer.get_json()["media_type"]) == (201, media_type)
            assert answer.get_json()["sha256"] == hashlib.sha256(content).hexdigest()
        assert get(api, key, "/file-1").get_json()["width"] == 3

    def test_what_no_message_carries_is_refused_and_not_kept(self, api: Api, key: str, assets: Assets) -> None:
        for what, content in REFUSED.items():
            answer = put(api, key, "file", content, "?name=picture.png")
            assert (what, answer.status_code, answer.content_type) == (what, 415, "application/problem+json")
        assert files_in(assets) == []

    def test_the_same_file_again_changes_nothing(self, api: Api, key: str, assets: Assets) -> None:
        first = put(api, key, "logo", PNG).get_json()
        again = put(api, key, "logo", PNG)
        assert (again.status_code, again.get_json()) == (200, first)
        assert len(files_in(assets)) == 1

    def test_another_file_replaces_it_only_when_told_to(self, api: Api, key: str, assets: Assets) -> None:
        first = put(api, key, "logo", PNG).get_json()
        other = picture("PNG", 9, 9)
        assert put(api, key, "logo", other).status_code == 409
        assert put(api, key, "logo", other, f"?replaces={'0' * 64}").status_code == 409
        assert put(api, key, "nothing", other, f"?replaces={first['sha256']}").status_code == 404
        replaced = put(api, key, "logo", other, f"?replaces={first['sha256']}").get_json()
        assert (replaced["width"], len(files_in(assets))) == (9, 1)
        # who has the old address gets nothing else under it
        assert replaced["url"] != first["url"]
        assert link(api, first["url"]).status_code == 404

    def test_a_key_is_made_from_the_name(self, api: Api, key: str) -> None:
        def upload(content: bytes) -> str:
            answer = api.client().post(
                "/api/v1/media?name=Menü 2026 (neu).PNG", data=content, headers={"X-API-Key": key}
            )
            assert answer.status_code == 201
            return str(answer.get_json()["key"])

        assert upload(PNG) == "men-2026-neu"
        assert upload(PNG) == "men-2026-neu"
        assert upload(picture("PNG", 9, 9)).startswith("men-2026-neu-")

    def test_keys_that_content_could_not_name_are_refused(self, api: Api, key: str, assets: Assets) -> None:
        for name in ("%2e%2e", ".", "a%0ab", "{{x}}", "%00", "x" * 201, "%20"):
            assert put(api, key, name, PNG).status_code in (404, 405, 422), name
        assert files_in(assets) == []

    def test_an_empty_file_is_refused(self, api: Api, key: str) -> None:
        assert put(api, key, "nothing", b"").status_code == 422

    def test_a_file_that_is_too_large_is_refused(self, api: Api, tmp_path: Path) -> None:
        small = Api(api.database, tmp_path, media_bytes=10)
        key = small.key("acme")
        assert put(small, key, "fits", b"0123456789").status_code == 201
        assert put(small, key, "large", b"0123456789a").status_code == 413
        chunked = small.client().put(
            "/api/v1/media/large",
            input_stream=io.BytesIO(b"x" * LARGE),
            headers={"X-API-Key": key, "Transfer-Encoding": "chunked"},
            environ_overrides={"wsgi.input_terminated": True},
        )
        assert chunked.status_code == 413
        assert len(files_in(small.parts.core.assets)) == 1
        small.close()


class TestDownloads:
    def test_a_range_is_a_part(self, api: Api, key: str) -> None:
        put(api, key, "text", b"0123456789")
        assert get(api, key, "/text/content").data == b"0123456789"
        part = get(api, key, "/text/content", Range="bytes=2-4")
        assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, b"234", "bytes 2-4/10")
        assert get(api, key, "/text/content", Range="bytes=99-").status_code == 416
        etag = get(api, key, "/text/content").headers["ETag"]
        assert get(api, key, "/text/content", **{"If-None-Match": etag}).status_code == 304

    def test_no_browser_runs_what_is_downloaded(self, api: Api, key: str) -> None:
        put(api, key, "page", b"<p onclick=alert(1)>", '?name=a"b%0d%0aX: y.html')
        put(api, key, "logo", PNG)
        svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
        assert put(api, key, "drawing", svg).status_code == 415
        for name, disposition in (("page", "attachment"), ("logo", "inline")):
            answer = get(api, key, f"/{name}/content")
            assert answer.headers["Content-Disposition"].startswith(disposition)
            assert "sandbox" in answer.headers.getlist("Content-Security-Policy")[0]
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
            assert "X" not in answer.headers
        assert get(api, key, "/page/content").headers["Content-Type"].startswith("text/plain")

    def test_a_link_needs_no_key_and_cannot_be_guessed(self, api: Api, key: str) -> None:
        url = put(api, key, "logo", PNG, "?name=Our logo").get_json()["url"]
        answer = link(api, url)
        assert (answer.status_code, answer.data, answer.content_type) == (200, PNG, "image/png")
        assert url.endswith("/Our%20logo.png")
        asset, signature, name = urlsplit(url).path.split("/")[2:]
        for wrong in (signature[:-1] + ("A" if signature[-1] != "A" else "B"), "x", signature + "A", "%ff"):
            assert link(api, f"/media/{asset}/{wrong}/{name}").status_code == 404

    def test_the_list_is_filtered_sorted_and_paged(self, api: Api, key: str) -> None:
        for name, content in (("b", PNG), ("a", b"text"), ("c", picture("PNG", 9, 9))):
            api.now += 1
            put(api, key, name, content, f"?name=File {name}")
        listed = {
            "": "cab",
            "?sort=name": "abc",
            "?kind=image&sort=-bytes": "cb",
            "?search=FILE+A": "a",
            "?source=contact": "",
        }
        for query, found in listed.items():
            assert "".join(item["key"] for item in get(api, key, query).get_json()["items"]) == found
        page = get(api, key, "?limit=2").get_json()
        assert len(get(api, key, f"?limit=2&cursor={page['next']}").get_json()["items"]) == 1

    def test_a_file_can_be_renamed(self, api: Api, key: str) -> None:
        put(api, key, "logo", PNG)
        renamed = api.call("PATCH", "/media/logo", {"name": "Logo.png"}, key=key).get_json()
        assert (renamed["name"], renamed["key"]) == ("Logo.png", "logo")


class TestUse:
    FILE = scenario(
        "shop",
        {
            "id": "show",
            "kind": "action",
            "final": True,
            "step": {"type": "static_message", "content": {"type": "file", "media": {"asset": 'l"o%g_o'}}},
        },
    )

    def test_what_a_published_chatbot_uses_is_not_deleted_unless_forced(
        self, api: Api, key: str, assets: Assets
    ) -> None:
        put(api, key, "l%22o%25g_o", PNG)
        put(api, key, "lxoxgxo", PNG)
        missing = api.call("PUT", "/chatbots/shop/draft", self.FILE, key=key).get_json()
        assert missing["missing"]["assets"] == []
        assert api.call("DELETE", "/media/lxoxgxo", key=key).status_code == 204
        api.call("POST", "/chatbots/shop/versions", {}, key=key)
        refused = api.call("DELETE", "/media/l%22o%25g_o", key=key)
        assert (refused.status_code, "used by shop" in refused.get_json()["detail"]) == (409, True)
        assert api.call("DELETE", "/media/l%22o%25g_o?force=true", key=key).status_code == 204
        assert files_in(assets) == []
        saved = api.call("PUT", "/chatbots/shop/draft?overwrite=true", self.FILE, key=key).get_json()
        assert saved["missing"]["assets"] == ['l"o%g_o']

    def test_content_is_given_addresses_when_it_leaves(self, api: Api, key: str, assets: Assets) -> None:
        url = put(api, key, "logo", PNG).get_json()["url"]
        content = {"type": "carousel", "cards": [{"media": {"asset": "logo", "x-alt": "us"}}, {"media": {"url": "u"}}]}
        with api.database.reading() as work:
            assert assets.resolve(work, "acme", content) == {
                "type": "carousel",
                "cards": [{"media": {"url": url, "x-alt": "us"}}, {"media": {"url": "u"}}],
            }
            assert content["cards"][0] == {"media": {"asset": "logo", "x-alt": "us"}}
            text = {"type": "text", "text": "hi"}
            assert assets.resolve(work, "acme", text) is text
            with pytest.raises(MissingAssetError, match="'nothing'"):
                assets.resolve(work, "acme", {"media": {"asset": "nothing"}})
            with pytest.raises(MissingAssetError):
                assets.resolve(work, "other", content)


class TestWebChat:
    """What a visitor sees is a path of this server, live and from the history."""

    ALBUM = scenario(
        "album",
        {
            "id": "show",
            "kind": "action",
            "final": True,
            "step": {
                "type": "static_message",
                "content": {"type": "card", "title": "Us", "media": {"asset": "logo"}},
            },
        },
    )

    @pytest.fixture
    def sender(self, api: Api, key: str) -> str:
        """A sender whose default chatbot shows a picture."""
        with api.database.transaction() as work:
            chatbots = api.parts.core.chatbots
            published = chatbots.publish(work, "acme", self.ALBUM)
            ensure_sender(work, "page", "acme", "Page", "webchat", "webchat", api.now)
            chatbots.enable(work, "acme", published.chatbot_id, "page", is_default=True)
        return "page"

    class Watcher(Ears):
        """A page that is open."""

        def __init__(self) -> None:
            super().__init__()
            self.messages: list[Entry] = []

        def message(self, room: str, entry: Entry) -> None:
            self.messages.append(entry)

    @pytest.fixture
    def chat(self, api: Api, monkeypatch: pytest.MonkeyPatch) -> Conversations:
        conversations = api.parts.core.conversations
        monkeypatch.setattr(conversations, "announcer", self.Watcher())
        return conversations

    def show(self, api: Api, chat: Conversations, sender: str) -> list[str | None]:
        """The addresses of the picture: as it came, and after a reload."""
        chat.start("webchat", sender, "visitor:1")
        drain(chat, api.parts.core.accounts, sender, lambda: api.now)
        view = chat.view("webchat", sender, "visitor:1", 0)
        assert isinstance(chat.announcer, self.Watcher)
        return [entry.content["media"].get("url") for entry in (*chat.announcer.messages, *view.entries)]

    def test_a_picture_of_the_library_is_shown(self, api: Api, key: str, chat: Conversations, sender: str) -> None:
        put(api, key, "logo", PNG, "?name=Our logo")
        live, reloaded = self.show(api, chat, sender)
        assert live == reloaded
        assert live is not None
        assert live.startswith("/media/")
        assert link(api, live).data == PNG

    def test_after_the_file_was_replaced_the_history_shows_the_new_one(
        self, api: Api, key: str, chat: Conversations, sender: str
    ) -> None:
        put(api, key, "logo", PNG)
        (_, before) = self.show(api, chat, sender)
        put(api, key, "logo", picture("PNG", 9, 9), "?replaces=*")
        (entry,) = chat.view("webchat", sender, "visitor:1", 0).entries
        assert link(api, entry.content["media"]["url"]).data == picture("PNG", 9, 9)
        assert link(api, before or "").status_code == 404

    def test_a_file_that_is_not_there_is_named_by_its_key_and_holds_up_nothing(
        self, api: Api, chat: Conversations, sender: str
    ) -> None:
        put(api, api.key("other"), "logo", PNG)  # another company's is nobody's business
        assert self.show(api, chat, sender) == [None, None]
        (entry,) = chat.view("webchat", sender, "visitor:1", 0).entries
        assert entry.content["media"] == {"asset": "logo"}


class TestAccidents:
    def test_a_full_disk_is_told_and_nothing_is_half_kept(self, sqlite: Database, tmp_path: Path) -> None:
        store = FileStore(tmp_path / "media")
        (tmp_path / "media" / "parts").mkdir(parents=True)
        (tmp_path / "media" / "parts" / "file").symlink_to("/dev/full")
        with pytest.raises(StorageFullError, match="no room"), store.coming("file", [b"x" * LARGE], LARGE):
            raise AssertionError("it cannot be written")
        assert list((tmp_path / "media").rglob("*")) == [tmp_path / "media" / "parts"]

    def test_a_client_that_goes_away_leaves_nothing(self, api: Api, assets: Assets) -> None:
        def pieces() -> Iterator[bytes]:
            yield PNG
            raise OSError(errno.ECONNRESET, "gone")

        with pytest.raises(OSError, match="gone"):
            assets.upload(api.company("acme"), "logo", "logo", pieces())
        assert files_in(assets) == []

    def test_a_file_without_a_row_is_removed_once_it_is_old(self, api: Api, key: str, assets: Assets) -> None:
        put(api, key, "logo", PNG)
        (known,) = files_in(assets)
        for name in ("left-by-a-crash", "just-written"):
            path = assets.store.path(name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(PNG)
        (assets.store.folder / "parts" / "half").write_bytes(b"x")
        for path in (
            assets.store.path(known),
            assets.store.path("left-by-a-crash"),
            assets.store.folder / "parts/half",
        ):
            os.utime(path, (0, 0))
        os.utime(assets.store.path("just-written"), (START / 1000, START / 1000))
        assets.tidy()
        assert files_in(assets) == sorted([known, "just-written"])

    def test_a_row_without_a_file_is_noticed_and_can_be_mended(self, api: Api, key: str, assets: Assets) -> None:
        put(api, key, "logo", PNG)
        assets.store.remove(files_in(assets)[0])
        gone = get(api, key, "/logo/content")
        assert (gone.status_code, "not here" in gone.get_json()["detail"]) == (404, True)
        assets.tidy()
        shown = get(api, key, "/logo").get_json()
        assert (shown["state"], shown["url"]) == ("lost", None)
        assert "gone from the server's disk" in get(api, key, "/logo/content").get_json()["detail"]
        assert put(api, key, "logo", PNG).get_json()["state"] == "ready"
        assert get(api, key, "/logo/content").data == PNG

    def test_of_two_uploads_at_once_one_is_kept(self, api: Api, assets: Assets) -> None:
        caller = api.company("acme")
        outcomes: list[str] = []

        def upload(size: int) -> None:
            try:
                assets.upload(caller, "logo", "logo", [picture("PNG", size, size)])
                outcomes.append("kept")
            except BotflowError:
                outcomes.append("refused")

        threads = [threading.Thread(target=upload, args=(size,)) for size in (5, 6, 7)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(outcomes) == ["kept", "refused", "refused"]
        assert len(files_in(assets)) == 1


class TestFilesOfContacts:
    """Noted with the message, got from the vendor afterwards."""

    class Vendor(ChannelAdapter[Credentials]):
        """Gives what it is told to, or fails."""

        name = "webchat"
        channel = "webchat"
        title = "Told"
        credentials = Credentials

        def __init__(self) -> None:
            self.answers: list[bytes | BaseException] = []
            self.asked: list[Attachment] = []

        def send(self, account: Account[Credentials], message: Outbound) -> SendResult:
            return Accepted()

        def fetch(self, account: Account[Credentials], attachment: Attachment) -> Iterator[bytes]:
            self.asked.append(attachment)
            answer = self.answers.pop(0)
            if isinstance(answer, BaseException):
                raise answer
            yield answer[:3]
            yield answer[3:]

    @pytest.fixture
    def vendor(self) -> Vendor:
        return self.Vendor()

    @pytest.fixture
    def accounts(self, vendor: Vendor) -> SenderAccounts:
        return SenderAccounts({"webchat": vendor}, Seal("of the tests"))

    @pytest.fixture
    def received(self, api: Api, key: str) -> str:
        """The key of a file that a contact has sent."""
        attachment = Attachment("media-17", "image/png", "holiday/../photo")
        with api.database.transaction() as work:
            ensure_sender(work, "sender", "acme", "Sender", "webchat", "webchat", api.now)
            return note_incoming(work, "0000-17", api.now, "acme", "sender", attachment)

    def test_it_is_noted_at_once_and_got_afterwards(
        self, api: Api, key: str, assets: Assets, vendor: Vendor, accounts: SenderAccounts, received: str
    ) -> None:
        shown = get(api, key, f"/{received}").get_json()
        assert (shown["state"], shown["url"], shown["name"]) == ("incoming", None, "holiday..photo")
        assert get(api, key, f"/{received}/content").status_code == 404
        vendor.answers = [PNG]
        assert assets.fetch_pending(accounts) is None
        assert vendor.asked == [Attachment("media-17", "image/png", "holiday/../photo")]
        shown = get(api, key, f"/{received}").get_json()
        assert (shown["state"], shown["media_type"], shown["width"]) == ("ready", "image/png", 3)
        assert get(api, key, f"/{received}/content").data == PNG
        assert [item["key"] for item in get(api, key, "?source=contact").get_json()["items"]] == [received]
        assert get(api, key, "").get_json()["items"] == []

    def test_a_vendor_that_fails_is_asked_again_later_and_not_for_ever(
        self, api: Api, key: str, assets: Assets, vendor: Vendor, accounts: SenderAccounts, received: str
    ) -> None:
        vendor.answers = [OSError("down") for _ in range(MOST_FETCHES)]
        waits = []
        while (due := assets.fetch_pending(accounts)) is not None:
            waits.append((due - api.now) // 1000)
            api.now = due
        assert waits == [15, 30, 60, 120, 240, 480, 960]
        shown = get(api, key, f"/{received}").get_json()
        assert (shown["state"], shown["problem"]) == ("failed", "it could not be got from the vendor: down")
        assert files_in(assets) == []

    def test_what_the_library_would_refuse_is_kept_and_run_by_nobody(
        self, api: Api, key: str, assets: Assets, vendor: Vendor, accounts: SenderAccounts, received: str
    ) -> None:
        vendor.answers = [REFUSED["page"]]
        assets.fetch_pending(accounts)
        answer = get(api, key, f"/{received}/content")
        assert answer.content_type == "application/octet-stream"
        assert answer.headers["Content-Disposition"].startswith("attachment")

    def test_a_file_that_is_too_large_has_failed(
        self, api: Api, key: str, assets: Assets, vendor: Vendor, accounts: SenderAccounts, received: str
    ) -> None:
        assets.most_bytes = 10
        vendor.answers = [PNG]
        assert assets.fetch_pending(accounts) is None
        assert get(api, key, f"/{received}").get_json()["problem"] == "The file is larger than 10 bytes."

    def test_a_worker_that_is_to_stop_asks_the_vendor_for_nothing_more(
        self, api: Api, key: str, assets: Assets, vendor: Vendor, accounts: SenderAccounts, received: str
    ) -> None:
        assert assets.fetch_pending(accounts, stopping=lambda: True) is None
        assert vendor.asked == []
        vendor.answers = [PNG]
        assets.fetch_pending(accounts)
        assert get(api, key, f"/{received}").get_json()["state"] == "ready"

    def test_a_worker_that_dies_leaves_the_file_to_another(
        self, api: Api, key: str, assets: Assets, vendor: Vendor, accounts: SenderAccounts, received: str
    ) -> None:
        vendor.answers = [KeyboardInterrupt()]  # what ends a process
        with pytest.raises(KeyboardInterrupt):
            assets.fetch_pending(accounts)
        assert assets.fetch_pending(accounts) == api.now + FETCH_LEASE_MS
        api.now += FETCH_LEASE_MS
        vendor.answers = [PNG]
        assert assets.fetch_pending(accounts) is None
        assert get(api, key, f"/{received}/content").data == PNG
