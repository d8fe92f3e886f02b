"""One file per command, registered in `botflow.cli`."""
