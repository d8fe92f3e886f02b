"""constraints.txt pins everything that an installation brings, by name and version and nothing else."""

import re
from importlib.metadata import version

import yaml
from packaging.requirements import Requirement

from scripts.pins import CONSTRAINTS, constraints, named_requirements

PIN = re.compile(r"[a-z0-9-]+==[\w.]+")


def pinned() -> dict[str, str]:
    lines = [line for line in CONSTRAINTS.read_text().splitlines() if not line.startswith("#")]
    return dict(line.split("==") for line in lines)


def test_a_line_is_a_name_and_a_version() -> None:
    lines = [line for line in CONSTRAINTS.read_text().splitlines() if not line.startswith("#")]
    assert [line for line in lines if not PIN.fullmatch(line)] == []


def test_everything_needed_is_pinned_as_installed() -> None:
    assert CONSTRAINTS.read_text() == constraints(), "run `make pins` and commit constraints.txt"


def test_pins_are_what_the_projects_ask_for() -> None:
    def contradicts(requirement: Requirement) -> bool:
        return not requirement.specifier.contains(version(requirement.name), prereleases=True)

    ours = [requirement for requirement in named_requirements() if not requirement.name.startswith("botflow")]
    assert [str(requirement) for requirement in ours if contradicts(requirement)] == []


def test_commit_hooks_download_nothing() -> None:
    hooks = yaml.safe_load((CONSTRAINTS.parent / ".pre-commit-config.yaml").read_text())
    assert [repository["repo"] for repository in hooks["repos"]] == ["local"]
    assert {hook["language"] for repository in hooks["repos"] for hook in repository["hooks"]} == {"system"}
