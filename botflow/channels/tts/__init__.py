"""Text to speech: calls through any voice gateway that speaks the protocol of docs/reference/channels/tts.md."""
