"""to_char (filled in below)."""
