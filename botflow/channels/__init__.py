"""One folder per channel, and one line in `registry`."""
