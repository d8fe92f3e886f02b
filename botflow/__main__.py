"""`python -m botflow` is the command `botflow`."""

from botflow.cli import main

main()
