"""The public names, pinned: taking one away or renaming it breaks programs that embed the engine."""

import pytest

from scripts.api_reference import MODULES, documentation, public_names

PINNED = {
    "botflow_runtime": """
        BotflowError Catalog Conversation Driver Engine ExpressionError HostError Outcome PatternError Problem
        RequiredKeys Router Scenario ScenarioError SenderConfig Thread TranscriptError Turn UnknownScenarioError
        UnknownSenderError load_scenario required_keys validate""",
    "botflow_runtime.events": """
        AnyEvent CodeFinished ContactActed Decision DeliveryReported Event Expired MessageReceived Moved Resolved
        Restarted Resumed Started StartedAt Stopped TimerFired decode_event""",
    "botflow_runtime.effects": """
        AnyEffect CancelTimer Effect Handover OpenThread OptOut Report RunCode SendMessage SetAttribute SetTimer
        Withdraw decode_effects""",
    "botflow_runtime.code_runs": "RunScript code_finished request_of",
    "botflow_runtime.limits": "EXPIRY_SECONDS",
    "botflow_runtime.sandbox": """
        BoundSource CallError CodeError CodeRequest CodeResult CodeRunner EmailCall EmailRecord HttpBroker HttpCall
        HttpRecord HttpResponse Isolation Limits RunnerClosedError SourceProblem bind_source check_source""",
    "botflow_runtime.replay": """
        Offered RecordedEvent RecordedScenario Recording RecordingError Replayed read_recording replay""",
    "botflow_runtime.expressions": "CompiledExpression ExpressionError compile_expression",
    "botflow_runtime.patterns": """
        Budget Matches Pattern PatternError PatternSet compile_pattern overlap_witness samples""",
    "botflow_runtime.testing": "Difference Played Transcript VirtualClock load_transcript play",
}


@pytest.mark.parametrize("module", MODULES)
def test_the_names_are_these(module: str) -> None:
    assert public_names(module) == PINNED[module].split()


@pytest.mark.parametrize("module", MODULES)
def test_each_says_what_it_is(module: str) -> None:
    assert [name for name in public_names(module) if not documentation(module, name)] == []
