"""What the commands say, and the exit statuses that scripts rely on."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from botflow.cli import COMMANDS
from botflow_runtime.canonical import canonical
from botflow_runtime.schema import SCHEMAS, schema_text
from tests.cli.commands import botflow, written
from tests.runtime.bots import ask, code, document, jump, reply, say

PIZZA = document(
    ask("name", ["size"], save_as="name"),
    reply("size", {"small": ("^s", ["done"]), "large": ("^l", ["done"])}, otherwise=["size"]),
    say("done", words="Thanks {{name}}", final=True),
    id="pizza",
    keywords={"trigger": ["pizza"]},
)
PAY = document(say("paid", final=True), id="payment")
SHOP = document(ask("item", ["pay"], save_as="item"), jump("pay", "payment"), id="shop")
DANGLING = document(say("a", ["nowhere"]), id="dangling")
DOUBTFUL = document(say("a", final=True), say("lost", final=True), id="doubtful")
TURNS = "turns:\n  - in: pizza\n    out: ['name?']\n  - in: Ann\n    at: size\n  - in: s\n    out: [Thanks Ann]\n"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    bots = {"pizza": PIZZA, "pay": PAY, "shop": SHOP, "dangling": DANGLING, "doubtful": DOUBTFUL}
    for name, bot in bots.items():
        written(tmp_path / f"{name}.json", bot)
    written(tmp_path / "ok.yaml", TURNS)
    written(tmp_path / "wrong.yaml", TURNS.replace("Thanks Ann", "Thanks Bob"))
    return tmp_path


class TestValidate:
    def test_a_good_file(self) -> None:
        result = botflow("validate", "pay.json")
        assert (result.exit_code, result.output) == (0, "1 file: 0 errors, 0 warnings\n")

    def test_an_error_is_a_line_and_exit_status_1(self) -> None:
        result = botflow("validate", "dangling.json")
        assert result.exit_code == 1
        assert result.output.startswith("dangling.json: error dangling_next: node a: ")

    def test_warnings_count_only_when_strict(self) -> None:
        assert botflow("validate", "doubtful.json").exit_code == 0
        assert botflow("validate", "--strict", "doubtful.json").exit_code == 1

    def test_as_json(self) -> None:
        (row,) = json.loads(botflow("validate", "--json", "dangling.json").output)
        assert (row["file"], row["severity"], row["code"], row["node"]) == (
            "dangling.json",
            "error",
            "dangling_next",
            "a",
        )
        assert {"field", "message"} <= row.keys()
        assert json.loads(botflow("validate", "--json", "pay.json").output) == []

    def test_required_keys_are_listed(self) -> None:
        assert "shop.json: needs chatbots payment" in botflow("validate", "shop.json").output

    def test_several_files_know_each_other(self) -> None:
        assert botflow("validate", "shop.json", "pay.json").exit_code == 0
        alone = botflow("validate", "shop.json", "pizza.json")
        assert alone.exit_code == 1
        assert "payment" in alone.output

    def test_a_folder_stands_for_its_files(self, folder: Path) -> None:
        result = botflow("validate", folder)
        assert result.exit_code == 1
        assert "5 files: 1 error" in result.output

    def test_the_transcripts_of_a_folder_are_left_out(self, folder: Path) -> None:
        written(folder / "a.json", {"turns": [{"in": "pizza"}]})
        assert "5 files: 1 error" in botflow("validate", folder).output
        assert botflow("validate", "a.json").exit_code == 1, "what is named itself is read"

    def test_a_folder_of_other_files_is_a_mistake(self, folder: Path) -> None:
        (folder / "chats").mkdir()
        written(folder / "chats" / "a.json", {"turns": [{"in": "pizza"}]})
        result = botflow("validate", "chats")
        assert (result.exit_code, result.output.count("\n")) == (2, 1)

    def test_an_empty_folder_is_a_mistake(self, folder: Path) -> None:
        (folder / "empty").mkdir()
        result = botflow("validate", "empty")
        assert (result.exit_code, result.output.count("\n")) == (2, 1)

    def test_standard_input(self) -> None:
        assert botflow("validate", "-", stdin=json.dumps(PAY)).exit_code == 0
        assert botflow("validate", "-", stdin="{").output.startswith("-: error unreadable")


class TestFmt:
    def test_it_writes_the_canonical_form(self, folder: Path) -> None:
        assert botflow("fmt", "pizza.json").output == "pizza.json: written\n"
        assert (folder / "pizza.json").read_text() == canonical(PIZZA)
        assert botflow("fmt", "pizza.json").output == "", "nothing is left to do"
        assert sorted(os.listdir(folder)) == [
            "dangling.json",
            "doubtful.json",
            "ok.yaml",
            "pay.json",
            "pizza.json",
            "shop.json",
            "wrong.yaml",
        ], "no drafts stay behind"

    def test_check_changes_nothing(self, folder: Path) -> None:
        before = (folder / "pizza.json").read_bytes()
        result = botflow("fmt", "--check", "pizza.json", "pay.json")
        assert (result.exit_code, len(result.output.splitlines())) == (1, 2)
        assert (folder / "pizza.json").read_bytes() == before
        botflow("fmt", "pizza.json")
        assert botflow("fmt", "--check", "pizza.json").exit_code == 0

    def test_standard_output_and_input(self, folder: Path) -> None:
        before = (folder / "pizza.json").read_bytes()
        assert botflow("fmt", "--stdout", "pizza.json").output == canonical(PIZZA)
        assert botflow("fmt", "-", stdin=json.dumps(PIZZA)).output == canonical(PIZZA)
        assert (folder / "pizza.json").read_bytes() == before

    def test_mode_and_links_stay(self, folder: Path) -> None:
        (folder / "pizza.json").chmod(0o640)
        (folder / "link.json").symlink_to("pizza.json")
        assert botflow("fmt", "link.json").exit_code == 0
        assert (folder / "link.json").is_symlink()
        assert (folder / "pizza.json").read_text() == canonical(PIZZA)
        assert (folder / "pizza.json").stat().st_mode & 0o777 == 0o640

    def test_the_transcripts_of_a_folder_are_left_out(self, folder: Path) -> None:
        written(folder / "a.json", {"turns": [{"in": "pizza"}]})
        result = botflow("fmt", ".")
        assert result.exit_code == 0
        assert "a.json" not in result.output.split()

    def test_one_bad_file_does_not_stop_the_others(self, folder: Path) -> None:
        written(folder / "bad.json", '{\n  "id": \n')
        result = botflow("fmt", "bad.json", "pay.json")
        assert result.exit_code == 1
        assert "bad.json: error unreadable: this is not JSON: line 3, column 1" in result.output
        assert (folder / "pay.json").read_text() == canonical(PAY)


class TestDiff:
    def test_the_same_meaning(self, folder: Path) -> None:
        written(folder / "moved.json", canonical({**PIZZA, "layout": {"nodes": {"name": [1, 2]}}}))
        result = botflow("diff", "pizza.json", "moved.json")
        assert (result.exit_code, result.output) == (0, "positions on the canvas differ\nboth mean the same\n")

    def test_another_meaning(self, folder: Path) -> None:
        written(folder / "other.json", {**PIZZA, "name": "two\nlines"})
        result = botflow("diff", "pizza.json", "other.json")
        assert (result.exit_code, result.output) == (1, 'changed name: "pizza" -> "two\\nlines"\n')

    def test_as_json(self, folder: Path) -> None:
        written(folder / "other.json", {**PIZZA, "name": "other"})
        rows = json.loads(botflow("diff", "--json", "pizza.json", "other.json").output)
        assert rows == [{"kind": "changed", "place": "name", "before": "pizza", "after": "other"}]
        assert json.loads(botflow("diff", "--json", "pizza.json", "pizza.json").output) == []


class TestTest:
    def test_what_passes(self) -> None:
        result = botflow("test", "pizza.json", "ok.yaml")
        assert (result.exit_code, result.output) == (0, "ok.yaml: ok\n1 passed, 0 failed\n")

    def test_what_differs_is_shown_with_its_line(self) -> None:
        result = botflow("test", "pizza.json", "ok.yaml", "wrong.yaml")
        assert result.exit_code == 1
        assert result.output.splitlines() == [
            "ok.yaml: ok",
            "wrong.yaml: differs",
            "  line 6, turn 3: out",
            '      expected: ["Thanks Bob"]',
            '      got:      ["Thanks Ann"]',
            "1 passed, 1 failed",
        ]

    def test_a_folder_stands_for_its_transcripts(self, folder: Path) -> None:
        (folder / "chats").mkdir()
        (folder / "ok.yaml").rename(folder / "chats" / "b.yaml")
        written(folder / "chats" / "a.json", {"turns": [{"in": "pizza"}]})
        assert botflow("test", "pizza.json", "chats").output.splitlines() == [
            "chats/a.json: ok",
            "chats/b.yaml: ok",
            "2 passed, 0 failed",
        ]

    def test_the_scenarios_of_a_folder_are_left_out(self, folder: Path) -> None:
        assert botflow("test", "pizza.json", ".").output.splitlines()[0] == "ok.yaml: ok"
        written(folder / "broken.json", "{")
        assert "broken.json" in botflow("test", "pizza.json", ".").output, "what is of no kind is named"

    def test_as_json(self) -> None:
        (row,) = json.loads(botflow("test", "--json", "pizza.json", "wrong.yaml").output)
        assert (row["transcript"], row["passed"]) == ("wrong.yaml", False)
        assert row["differences"][0] == {
            "turn": 3,
            "what": "out",
            "expected": ["Thanks Bob"],
            "actual": ["Thanks Ann"],
        }

    def test_the_log_of_each_turn(self) -> None:
        output = botflow("test", "-v", "pizza.json", "ok.yaml").output
        assert "ran name" in output
        assert "branch size small" in output

    def test_its_own_tests(self, folder: Path) -> None:
        tests: list[dict[str, Any]] = [
            {"name": "greets", "turns": [{"in": "pizza", "out": ["name?"]}]},
            {"turns": [{"in": "pizza", "status": "complete"}]},
        ]
        written(folder / "own.json", {**PIZZA, "tests": tests})
        result = botflow("test", "own.json")
        assert result.exit_code == 1
        assert "own.json: greets: ok" in result.output
        assert "own.json: test 2: differs" in result.output

    def test_nothing_to_play_is_a_mistake(self) -> None:
        assert botflow("test", "pizza.json").exit_code == 2

    def test_other_scenarios_lie_beside_the_transcript(self, folder: Path) -> None:
        (folder / "deep").mkdir()
        written(folder / "deep" / "pay.json", PAY)
        turns = [{"operator": {"start_at": "item"}}, {"in": "shoes", "out": ["paid"], "status": "complete"}]
        written(folder / "deep" / "a.yaml", {"scenarios": ["pay.json"], "turns": turns})
        assert botflow("test", "shop.json", "deep/a.yaml").exit_code == 0
        (folder / "deep" / "pay.json").unlink()
        result = botflow("test", "shop.json", "deep/a.yaml")
        assert (result.exit_code, result.output.count("\n")) == (2, 1)
        assert "deep/pay.json" in result.output

    def test_what_cannot_be_done_is_said(self, folder: Path) -> None:
        written(folder / "early.yaml", "turns: [{operator: stop}]")
        result = botflow("test", "pizza.json", "early.yaml")
        assert (result.exit_code, result.output.count("\n")) == (2, 1)
        assert "early.yaml: turn 1: there is no thread yet" in result.output


class TestChat:
    def test_a_chat_through_a_pipe(self) -> None:
        result = botflow("chat", "pizza.json", stdin="Ann\nmedium?\nl\n")
        assert result.exit_code == 0
        assert result.output.splitlines()[1:] == ["bot: name?", "bot: Thanks Ann", "(complete)"]

    def test_suggestions_are_numbered_and_chosen_by_number(self, folder: Path) -> None:
        bot = document(
            say("hello", ["size"]), reply("size", {"small": ("^tiny$", ["done"])}), say("done", final=True), id="a"
        )
        bot["nodes"][0]["step"]["content"]["suggestions"] = [
            {"id": "l", "type": "reply", "text": "Large", "postback": "huge"},
            {"id": "s", "type": "reply", "text": "Small", "postback": "tiny"},
        ]
        written(folder / "a.json", bot)
        lines = botflow("chat", "a.json", stdin="2\n").output.splitlines()
        assert lines[1:] == ["bot: hello", "  1. Large", "  2. Small", "you: Small", "bot: done", "(complete)"]

    def test_a_number_is_sent_as_typed_where_suggestions_begin_with_digits(self, folder: Path) -> None:
        bot = document(ask("rating", ["done"], save_as="rating"), say("done", words="Got {{rating}}", final=True))
        bot["nodes"][0]["step"]["content"]["suggestions"] = [
            {"id": "low", "type": "reply", "text": "1"},
            {"id": "high", "type": "reply", "text": "3"},
        ]
        written(folder / "a.json", bot)
        lines = botflow("chat", "a.json", stdin="2\n").output.splitlines()
        assert lines[1:] == ["bot: rating?", "  - 1", "  - 3", "bot: Got 2", "(complete)"]

    def test_commands(self) -> None:
        output = botflow("chat", "pizza.json", stdin="Ann\n/vars\n/restart\n/help\n/wait x\n/quit\nBob\n").output
        assert 'name = "Ann"' in output
        assert output.count("bot: name?") == 2
        assert "/wait takes a number of seconds" in output
        assert "Bob" not in output

    def test_timers_fire_in_real_time(self, folder: Path) -> None:
        timeout = {"seconds": 0.2, "action": "end_chat"}
        written(folder / "a.json", {**PIZZA, "settings": {"response_timeout": timeout}})
        assert "(timeout" in botflow("chat", "a.json", stdin="/wait 0.4\n").output

    def test_the_contact(self, folder: Path) -> None:
        written(folder / "a.json", document(say("a", words="{{contact.phone}} {{attribute.tier}}", final=True)))
        result = botflow("chat", "a.json", "--phone", "+49", "--attribute", "tier=gold=1", stdin="")
        assert "bot: +49 gold=1" in result.output

    def test_the_log(self) -> None:
        assert "ran name" in botflow("chat", "--show-log", "pizza.json", stdin="").output

    def test_jumps_lead_to_the_others(self) -> None:
        assert "bot: paid" in botflow("chat", "shop.json", "pay.json", stdin="shoes\n").output

    def test_code_runs_without_the_network_unless_a_host_is_allowed(self, folder: Path) -> None:
        source = "const answer = await http.get('http://127.0.0.1:9/'); return answer.status"
        written(folder / "a.json", document(code("a", ["b"], source=source), say("b", final=True)))
        output = botflow("chat", "--show-log", "a.json", stdin="").output
        assert "scripts may not call 127.0.0.1" in output
        assert "bot: b" not in output

    def test_bytes_that_are_no_text_and_lines_without_an_end(self) -> None:
        result = botflow("chat", "pizza.json", stdin=b"\xff\x00\x1b[31m" + b"a" * 200_000 + b"\ns\n")
        assert result.exit_code == 0
        assert "\x1b" not in result.output

    def test_a_recording_replays(self, folder: Path) -> None:
        botflow("chat", "pizza.json", "--record", "a.recording", stdin="Ann\ns\n")
        result = botflow("replay", "a.recording")
        assert (result.exit_code, result.output) == (0, "3 turns, 1 threads, 0 differ\n")
        assert "ran done" in botflow("replay", "--show-log", "a.recording").output

    def test_a_scenario_is_no_recording(self) -> None:
        result = botflow("replay", "pizza.json")
        assert (result.exit_code, result.output.count("\n")) == (2, 1)
        assert "pizza.json: this is a scenario, not a recording" in result.output
        assert "botflow chat --record" in result.output

    def test_another_end_of_a_replay_is_shown(self, folder: Path) -> None:
        botflow("chat", "pizza.json", "--record", "a.recording", stdin="Ann\n")
        data = (folder / "a.recording").read_bytes()
        written(folder / "b.recording", data.replace(b'"variables":{"name":"Ann"}', b'"variables":{"name":"Eve"}'))
        result = botflow("replay", "b.recording")
        assert result.exit_code == 1
        assert result.output.splitlines()[1:4] == [
            "  variables:",
            '    recorded: {"name":"Eve"}',
            '    replayed: {"name":"Ann"}',
        ]


class TestSchema:
    @pytest.mark.parametrize("name", SCHEMAS)
    def test_each_is_printed(self, name: str) -> None:
        assert botflow("schema", name).output == schema_text(name)

    def test_the_scenarios_comes_without_a_name(self) -> None:
        assert botflow("schema").output == schema_text("scenario")

    def test_all_are_written_into_a_folder(self, folder: Path) -> None:
        assert botflow("schema", "--out", "new/schemas").exit_code == 0
        assert {file.name for file in (folder / "new" / "schemas").iterdir()} == {
            f"{name}.schema.json" for name in SCHEMAS
        }


def test_graph() -> None:
    result = botflow("graph", "pizza.json")
    assert result.exit_code == 0
    assert result.output.startswith('flowchart TD\n  n0["start: NAME"]\n')


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    result = botflow(name, "-h")
    assert result.exit_code == 0
    assert len(result.output.splitlines()) > 5
