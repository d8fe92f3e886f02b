"""Companies and their senders."""
