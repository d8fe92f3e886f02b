"""Every example: sound, in canonical form, and played through all its branches, timeouts and failures."""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from botflow_runtime import Scenario, load_scenario, validate
from botflow_runtime.canonical import canonical_text
from botflow_runtime.sandbox import CodeRunner
from botflow_runtime.scenario import Action
from botflow_runtime.testing import Played, load_transcript, play
from botflow_runtime.thread import LogEntry

EXAMPLES = Path(__file__).parent.parent.parent / "examples"
FILES = sorted(EXAMPLES.glob("*.json"))
TRANSCRIPTS = sorted((EXAMPLES / "transcripts").glob("*/*.yaml"))
FEWEST = 10

each_example = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


@pytest.fixture(scope="module")
def runner() -> Iterator[CodeRunner]:
    with CodeRunner() as code_runner:
        yield code_runner


@cache
def example(path: Path) -> Scenario:
    return load_scenario(path.resolve())


@cache
def played(path: Path, runner: CodeRunner) -> Played:
    transcript = load_transcript(path)
    others = [example((path.parent / name).resolve()) for name in transcript.scenarios]
    return play(example(EXAMPLES / f"{path.parent.name}.json"), transcript, others, runner)


def transcripts_of(file: Path) -> list[Path]:
    return [path for path in TRANSCRIPTS if path.parent.name == file.stem]


# --- the files -------------------------------------------------------------------------------------------------------


def test_there_are_enough_of_them() -> None:
    assert len(FILES) >= FEWEST
    assert {path.parent.name for path in TRANSCRIPTS} == {file.stem for file in FILES}


@each_example
def test_it_has_no_problems_beside_all_the_others(file: Path) -> None:
    others = [other.read_bytes() for other in FILES if other != file]
    assert [str(problem) for problem in validate(file.read_bytes(), others)] == []


@each_example
def test_it_is_in_canonical_form(file: Path) -> None:
    assert file.read_text() == canonical_text(file.read_text())


@each_example
def test_it_is_named_like_its_file_and_says_what_it_is_in_one_sentence(file: Path) -> None:
    scenario = example(file)
    description = (scenario.document.model_extra or {})["x-description"]
    assert scenario.id == file.stem
    assert description.endswith(".")
    assert len(description) <= 160


@each_example
def test_every_node_has_a_label_and_a_place_of_its_own(file: Path) -> None:
    document = example(file).document
    assert all(node.label for node in document.nodes)
    assert set(document.layout.nodes) == {node.id for node in document.nodes}
    assert len(set(document.layout.nodes.values())) == len(document.nodes)


def test_together_they_show_every_step_type_language_and_channel() -> None:
    documents = [example(file).document for file in FILES]
    steps = [node.step for document in documents for node in document.nodes if isinstance(node, Action)]
    assert {step.type for step in steps} == {
        "static_message",
        "dynamic_message",
        "ask_question",
        "execute_code",
        "jump",
        "reset",
        "handover",
        "opt_out",
    }
    assert {step.language for step in steps if step.type == "execute_code"} == {"javascript", "python"}
    assert {document.channel for document in documents} == {"webchat", "sms", "viber", "whatsapp", "rcs"}
    assert {document.language for document in documents} == {"en", "es"}


# --- the transcripts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_transcript(path: Path, runner: CodeRunner) -> None:
    assert [str(difference) for difference in played(path, runner).differences] == []


@each_example
def test_its_transcripts_take_every_way_through_it(file: Path, runner: CodeRunner) -> None:
    entries = [entry for path in transcripts_of(file) for turn in played(path, runner).turns for entry in turn.log]
    assert sorted(set(ways(example(file))) - set(map(way, entries))) == []


@each_example
def test_where_a_step_can_fail_a_transcript_shows_what_then(file: Path, runner: CodeRunner) -> None:
    steps = [node.step for node in example(file).document.nodes if isinstance(node, Action)]
    failed = [
        entry.node
        for path in transcripts_of(file)
        for turn in played(path, runner).turns
        for entry in turn.log
        if entry.what == "failed"
    ]
    assert bool(failed) == any(step.meaning().can_fail for step in steps)


def test_chatbots_that_are_played_together_share_no_node_ids() -> None:
    """A way is told by its node's id alone."""
    for path in TRANSCRIPTS:
        own = {node.id for node in example(EXAMPLES / f"{path.parent.name}.json").document.nodes}
        for name in load_transcript(path).scenarios:
            assert own & {node.id for node in example((path.parent / name).resolve()).document.nodes} == set()


def way(entry: LogEntry) -> str:
    """What an entry of a turn's log shows of a scenario."""
    if entry.what in ("timer", "received"):
        return f"{entry.what} {entry.detail}"
    if entry.what == "branch":
        return f"branch {entry.node} {entry.branch or 'else'}"
    return f"{entry.what} {entry.node}"


def ways(scenario: Scenario) -> Iterator[str]:
    """Every way there is: nodes, branches, skipped steps, failures with a rule of their own, timeouts, keywords."""
    for node in scenario.document.nodes:
        if isinstance(node, Action):
            yield f"ran {node.id}"
            if node.condition is not None:
                yield f"skipped {node.id}"
            if node.on_failure is not None:
                yield f"failed {node.id}"
        else:
            yield from (f"branch {node.id} {branch.id}" for branch in node.branches)
            if node.otherwise is not None:
                yield f"branch {node.id} else"
    settings = scenario.settings
    for name in ("response", "stuck"):
        if getattr(settings, f"{name}_timeout") is not None:
            yield f"timer {name}"
    for name in ("reset", "stop", "opt_out"):
        if getattr(settings.keywords, name):
            yield f"received {name}"
