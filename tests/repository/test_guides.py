"""What the guides show is true: their scenarios, transcripts and programs are taken out of the pages and run."""

import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
import yaml

from botflow_runtime import load_scenario, validate
from botflow_runtime.testing import Transcript, load_transcript, play

ROOT = Path(__file__).parent.parent.parent
DOCS = ROOT / "docs"
BOTFLOW = Path(sys.executable).with_name("botflow")


def blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", (DOCS / page).read_text(), re.DOTALL)


def test_the_first_scenario_has_no_problems_and_answers() -> None:
    (scenario,) = blocks("how-to/write-a-scenario.md", "json")
    assert validate(scenario) == []
    turns = [{"in": "hours"}, {"in": "East"}, {"in": "North", "out": ["North is open from 9 to 19."]}]
    assert play(load_scenario(scenario), load_transcript({"turns": turns})).differences == []


def test_the_first_transcript_passes() -> None:
    (text,) = blocks("how-to/test-a-scenario.md", "yaml")
    pizza = load_scenario(ROOT / "examples" / "pizza-order.json")
    assert play(pizza, load_transcript(yaml.safe_load(text))).differences == []


def test_the_program_that_plays_a_transcript_runs() -> None:
    (program,) = blocks("how-to/test-a-scenario.md", "python")
    subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True)


def test_the_transcript_of_the_reference_is_one() -> None:
    (text,) = blocks("reference/transcripts.md", "yaml")
    assert isinstance(load_transcript(yaml.safe_load(text)), Transcript)


def test_the_step_type_of_the_guide_can_be_compiled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source,) = blocks("how-to/add-a-step-type.md", "python")
    (tmp_path / "guide_to_a_step_type.py").write_text(source)
    monkeypatch.syspath_prepend(tmp_path)
    model = import_module("guide_to_a_step_type").SetVariable(type="set_variable", save_as="size", text="large")
    assert model.meaning().sets == ("size",)
    assert model.compile().variable == "size"


def test_the_events_of_the_guide_for_hosts_are_taken() -> None:
    (program,) = blocks("how-to/embed.md", "python")
    ran = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=True, capture_output=True, text=True)
    assert ran.stdout == "Hi! I take pizza orders. What is your name?\n"


def test_the_tutorial_changes_a_copy_and_finds_the_transcript_that_differs(tmp_path: Path) -> None:
    page = (DOCS / "tutorial/first-chat.md").read_text()
    (copy,) = [block for block in blocks("tutorial/first-chat.md", "sh") if "my-pizza.json" in block and "sed" in block]
    (changed,) = re.findall(r'^"content": .*$', page, re.MULTILINE)
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    subprocess.run(["sh", "-ec", copy], cwd=tmp_path, check=True)
    bot = tmp_path / "my-bots" / "my-pizza.json"
    text = bot.read_text()
    assert '"id": "my-pizza"' in text
    bot.write_text(re.sub(r'"content": \{"type": "text", "text": "We bake[^}]*\}', changed, text))
    assert validate(bot.read_bytes()) == []
    transcripts = sorted(map(str, (ROOT / "examples/transcripts/pizza-order").glob("*.yaml")))
    tested = subprocess.run([str(BOTFLOW), "test", str(bot), *transcripts], capture_output=True, text=True)
    assert tested.returncode == 1
    assert "3 passed, 1 failed" in tested.stdout
