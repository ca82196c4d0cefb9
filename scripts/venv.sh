#!/bin/sh
# Make the virtual environment in the folder $1, or say what is missing for it.
set -eu
folder=$1
python=${PYTHON:-python3}

# An environment without pip is one that was broken off while it was made.
if "$folder/bin/python" -m pip --version >/dev/null 2>&1; then exit 0; fi
if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Rehearse needs Python 3.11 or newer; '$python' is not. Name another: make PYTHON=python3.12" >&2
    exit 1
fi
# Debian keeps the module that makes environments in a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    sh "$(dirname "$0")/system.sh" venv
fi
"$python" -m venv "$folder"
