"""A git folder and a server in step: `botflow push` and `botflow pull` over a real connection."""

import json
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from werkzeug.serving import make_server

from botflow.config import read_settings
from botflow.db import Database
from botflow_runtime.canonical import canonical
from tests.cli.commands import botflow, written
from tests.server.api import Api
from tests.server.scenarios import GREETER, Document, say, scenario

SMILING = scenario("greeter", say("hello", "Hello! :)"))
WINKING = scenario("greeter", say("hello", "Hello! ;)"))


@pytest.fixture
def api(sqlite: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Api]:
    """A server that listens; the commands know its address and a key from their environment."""
    api = Api(sqlite, tmp_path)
    server = make_server("127.0.0.1", 0, api.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("BOTFLOW_SERVER", f"http://127.0.0.1:{server.port}/")
    monkeypatch.setenv("BOTFLOW_API_KEY", api.key("acme"))
    yield api
    server.shutdown()
    thread.join()
    server.server_close()
    api.close()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A git repository with one scenario, committed."""
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL"):
        monkeypatch.setenv(name, "ann@example.com")
    folder = tmp_path / "bots"
    folder.mkdir()
    git(folder, "init", "--quiet")
    written(folder / "greeter.json", canonical(GREETER))
    commit(folder)
    monkeypatch.chdir(folder)
    return folder


def git(folder: Path, *arguments: str) -> str:
    return subprocess.run(["git", "-C", folder, *arguments], check=True, capture_output=True, text=True).stdout


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "x")


def edit_on_server(api: Api, document: Document) -> None:
    api.parts.authoring.save(api.caller("acme"), document["id"], json.dumps(document), None, overwrite=True)


def on_server(api: Api) -> str:
    return api.parts.authoring.draft(api.caller("acme"), "greeter").document.text


def test_push_creates_changes_and_leaves_alone(api: Api, folder: Path) -> None:
    assert botflow("push", ".").output == "greeter.json: created\n"
    assert botflow("push", ".").output == "greeter.json: unchanged\n"
    written(folder / "greeter.json", SMILING)
    changed = botflow("push", ".")
    assert changed.output.splitlines() == [
        "greeter.json: saved as revision 2",
        '  changed node hello: step.content.text: "Hello!" -> "Hello! :)"',
    ]
    assert changed.exit_code == 0


def test_push_publishes_once(api: Api, folder: Path) -> None:
    assert botflow("push", ".", "--publish", "--note", "First.").output.splitlines()[-1] == (
        "greeter.json: published as version 1"
    )
    assert botflow("push", ".", "--publish").output == "greeter.json: unchanged\n"
    assert api.parts.authoring.version(api.caller("acme"), "greeter", 1)["note"] == "First."


def test_push_says_all_problems_and_publishes_nothing_with_errors(api: Api, folder: Path) -> None:
    broken = scenario("broken", say("hello", "", "nowhere")) | {"settings": {"keywords": {"trigger": ["("]}}}
    written(folder / "broken.json", broken)
    result = botflow("push", ".", "--publish")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert lines[0] == "broken.json: created"
    assert [line.split(":")[0] for line in lines[1:4]] == [
        "  error bad_pattern",
        "  error dangling_next",
        "  error bad_content",
    ]
    assert lines[4:] == ["greeter.json: created", "greeter.json: published as version 1"]


def test_push_does_not_replace_what_was_changed_on_the_server(api: Api, folder: Path) -> None:
    botflow("push", ".")
    edit_on_server(api, SMILING)
    refused = botflow("push", ".")
    assert (refused.exit_code, refused.output.split(":")[1].split("(")[0]) == (1, " was changed on the server ")
    assert on_server(api) == canonical(SMILING)
    assert botflow("push", ".", "--force").exit_code == 0
    assert on_server(api) == canonical(GREETER)


def test_what_git_has_had_may_be_replaced_from_a_fresh_clone(api: Api, folder: Path, tmp_path: Path) -> None:
    botflow("push", ".")
    written(folder / "greeter.json", canonical(SMILING))
    commit(folder)
    git(tmp_path, "clone", "--quiet", str(folder), "clone")
    assert botflow("push", tmp_path / "clone").exit_code == 0
    assert on_server(api) == canonical(SMILING)
    # and what is newer than a clone is not
    git(tmp_path / "clone", "reset", "--quiet", "--hard", "HEAD~1")
    git(tmp_path, "clone", "--quiet", str(tmp_path / "clone"), "older")
    assert botflow("push", tmp_path / "older").exit_code == 1


def test_after_a_pull_the_merged_file_can_be_pushed(api: Api, folder: Path) -> None:
    botflow("push", ".")
    edit_on_server(api, SMILING)
    assert botflow("pull", ".").output == "greeter.json: replaced\n"
    assert (folder / "greeter.json").read_text() == canonical(SMILING)
    written(folder / "greeter.json", WINKING)
    assert botflow("push", ".").exit_code == 0
    assert on_server(api) == canonical(WINKING)


def test_pull_writes_canonical_files_and_keeps_their_names(api: Api, folder: Path) -> None:
    (folder / "greeter.json").rename(folder / "hello there.json")
    edit_on_server(api, GREETER)
    edit_on_server(api, scenario("b & c", say("hello", "Hi.")))
    assert botflow("pull", ".").output.splitlines() == ["b %26 c.json: created", "hello there.json: unchanged"]
    assert json.loads((folder / "b %26 c.json").read_text())["id"] == "b & c"
    assert botflow("fmt", "--check", ".").exit_code == 0
    assert botflow("pull", ".", "greeter", "nobody").exit_code == 1
    assert git(folder, "status", "--porcelain", "--untracked-files=all").count(".botflow") == 0


def test_pull_makes_the_folder(api: Api, folder: Path) -> None:
    edit_on_server(api, GREETER)
    assert botflow("pull", "new/bots").output == "new/bots/greeter.json: created\n"
    assert (folder / "new" / "bots" / "greeter.json").read_text() == canonical(GREETER)


def test_pull_does_not_replace_what_is_not_committed(api: Api, folder: Path) -> None:
    edit_on_server(api, SMILING)
    written(folder / "greeter.json", WINKING)
    refused = botflow("pull", ".")
    assert (refused.exit_code, "not committed" in refused.output) == (1, True)
    assert json.loads((folder / "greeter.json").read_text()) == WINKING
    assert botflow("pull", ".", "--force").exit_code == 0
    assert (folder / "greeter.json").read_text() == canonical(SMILING)


def test_a_folder_without_git_is_kept_in_step_by_what_was_seen(api: Api, tmp_path: Path) -> None:
    folder = tmp_path / "plain"
    folder.mkdir()
    edit_on_server(api, GREETER)
    assert botflow("pull", folder).exit_code == 0
    edit_on_server(api, SMILING)
    assert botflow("pull", folder).exit_code == 0
    written(folder / "greeter.json", WINKING)
    assert botflow("push", folder).exit_code == 0
    edit_on_server(api, SMILING)
    written(folder / "greeter.json", GREETER)
    assert botflow("pull", folder).exit_code == 1
    assert botflow("push", folder).exit_code == 1


def test_a_name_that_the_server_gives_stays_in_the_folder(api: Api, folder: Path) -> None:
    edit_on_server(api, scenario(".hidden..", say("hello", "Hi.")))
    assert botflow("pull", ".", ".hidden..").output == "%2Ehidden...json: created\n"
    (folder / "taken.json").write_text("{}")
    edit_on_server(api, scenario("taken", say("hello", "Hi.")))
    assert "move it away" in botflow("pull", ".", "taken").output


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("push", "nowhere"), "there is no such folder"),
        (("pull", "greeter.json/nowhere"), "cannot be made: Not a directory"),
        (("push", ".", "--server", "http://127.0.0.1:9"), "cannot be reached"),
        (("push", ".", "--server", "nonsense://"), "cannot be reached"),
        (("pull", ".", "--key", "bf_wrong"), "http://127.0.0.1"),
    ],
)
def test_what_cannot_be_used_is_one_line_and_exit_status_2(
    api: Api, folder: Path, arguments: tuple[str, ...], says: str
) -> None:
    result = botflow(*arguments)
    assert (result.exit_code, result.output.count("\n"), says in result.output) == (2, 1, True), result.output


def test_two_files_of_one_id_are_refused(api: Api, folder: Path) -> None:
    written(folder / "zwei.json", GREETER)
    result = botflow("push", ".")
    assert (result.exit_code, "zwei.json: has the id 'greeter'" in result.output) == (2, True)


def test_the_server_does_not_mind_the_settings_of_the_commands() -> None:
    assert read_settings({"BOTFLOW_SERVER": "x", "BOTFLOW_API_KEY": "y"}).port == 8080
