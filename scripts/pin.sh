#!/bin/sh
# Write constraints.txt (what Rehearse needs) and constraints-dev.txt (what its tests need besides):
# exact versions with the hashes of every platform's files, and no addresses.
set -eu
cd "$(dirname "$0")/.."
[ -x .tools/pin/bin/uv ] || { python3 -m venv .tools/pin && .tools/pin/bin/pip install --quiet uv; }

pin() {
    .tools/pin/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --no-header --no-annotate "$@" >/dev/null
}

list=$(mktemp --suffix=.in)
trap 'rm -f "$list"' EXIT
# The package is built in its own environment, so that its builder is pinned too.
printf 'hatchling\neditables\n' >"$list"
pin pyproject.toml "$list" --output-file constraints.txt
python3 - >"$list" <<'PY'
import tomllib
with open("pyproject.toml", "rb") as file:
    print("\n".join(tomllib.load(file)["project"]["optional-dependencies"]["dev"]))
PY
pin "$list" --constraint constraints.txt --output-file constraints-dev.txt
