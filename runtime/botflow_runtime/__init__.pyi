# What type checkers read: the names that __init__.py imports at their first use.

from botflow_runtime.catalog import Catalog as Catalog
from botflow_runtime.catalog import SenderConfig as SenderConfig
from botflow_runtime.compiled import Scenario as Scenario
from botflow_runtime.conversation import Conversation as Conversation
from botflow_runtime.conversation import Outcome as Outcome
from botflow_runtime.driver import Driver as Driver
from botflow_runtime.engine import Engine as Engine
from botflow_runtime.errors import BotflowError as BotflowError
from botflow_runtime.errors import HostError as HostError
from botflow_runtime.errors import TranscriptError as TranscriptError
from botflow_runtime.errors import UnknownScenarioError as UnknownScenarioError
from botflow_runtime.errors import UnknownSenderError as UnknownSenderError
from botflow_runtime.expressions import ExpressionError as ExpressionError
from botflow_runtime.loading import load_scenario as load_scenario
from botflow_runtime.patterns import PatternError as PatternError
from botflow_runtime.problems import Problem as Problem
from botflow_runtime.problems import ScenarioError as ScenarioError
from botflow_runtime.router import Router as Router
from botflow_runtime.thread import Thread as Thread
from botflow_runtime.thread import Turn as Turn
from botflow_runtime.validation import RequiredKeys as RequiredKeys
from botflow_runtime.validation import required_keys as required_keys
from botflow_runtime.validation import validate as validate

__all__: list[str]
