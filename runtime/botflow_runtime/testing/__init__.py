"""Public tools to test scenarios: a virtual clock and transcripts."""

from botflow_runtime.testing.clock import VirtualClock
from botflow_runtime.testing.player import Difference, Played, play
from botflow_runtime.testing.transcript import Transcript, load_transcript

__all__ = ["Difference", "Played", "Transcript", "VirtualClock", "load_transcript", "play"]
