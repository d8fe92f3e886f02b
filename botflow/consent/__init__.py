"""Who may be written to."""
