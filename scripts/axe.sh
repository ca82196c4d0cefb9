#!/bin/sh
# Fetch axe-core, which looks for barriers on the report's page, into .tools. Only tests use it.
set -eu
version=4.14.1
target=.tools/axe-$version.min.js
[ ! -s "$target" ] || exit 0
if ! command -v npm >/dev/null; then
    echo "Not fetched, since there is no npm: axe-core (tests of accessibility)"
    exit 0
fi
echo "Fetching axe-core $version with npm (tests of accessibility)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
if npm pack --silent --pack-destination "$work" "axe-core@$version" >/dev/null 2>&1; then
    tar -xzf "$work/axe-core-$version.tgz" -C "$work" package/axe.min.js
    mkdir -p .tools && mv "$work/package/axe.min.js" "$target"
else
    echo "npm could not fetch axe-core"
fi
