"""Applications for sender IDs of SMS and RCS, and what was decided on them (AS-2)."""
