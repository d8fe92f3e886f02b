#!/bin/sh
# Print a Python that is new enough: $PYTHON if it is given, else the first one found on the PATH.
set -eu
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'

for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11 python}; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c "$new_enough" >/dev/null 2>&1; then
        command -v "$candidate"
        exit 0
    fi
done

found=$("${PYTHON:-python3}" --version 2>&1) || found="no ${PYTHON:-python3}"
echo "botflow needs Python 3.11 or later, and found $found." >&2
echo "Install a newer Python, or name one: make run PYTHON=/path/to/python3.11" >&2
exit 1
