"""What holds for every test: the same settings everywhere, and no test left out where CI=true."""

import os
from collections.abc import Generator
from typing import TypeVar

import pytest
from hypothesis import settings

Report = TypeVar("Report", pytest.TestReport, pytest.CollectReport)

IN_CI = os.environ.get("CI", "").lower() == "true"

# a busy machine is slow, not wrong; CI tries the same examples each time
settings.register_profile("botflow", deadline=None, derandomize=IN_CI)
settings.load_profile("botflow")

# what the person at the keyboard set for a server of their own must not reach the tests
for name in [name for name in os.environ if name.startswith("BOTFLOW_") and not name.startswith("BOTFLOW_TEST_")]:
    del os.environ[name]


def refuse_skip(report: Report) -> Report:
    """Make a skip a failure in CI; an expected failure (xfail) stays one."""
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"{report.nodeid} was skipped, which CI=true does not allow: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return refuse_skip((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return refuse_skip((yield))
