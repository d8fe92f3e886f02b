"""Contents that a company keeps to send again (AS-3)."""
