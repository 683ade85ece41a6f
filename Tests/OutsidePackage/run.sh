#!/usr/bin/env bash
# Builds a package that depends on the library as a user's would, and runs it: it fails unless the agent learns and the
# curve is a PNG.
set -euo pipefail
cd "$(dirname "$0")"
swift build -c release --scratch-path ../../.build-outside
curve=$(mktemp --suffix .png)
trap 'rm -f "$curve"' EXIT
../../.build-outside/release/corridor "$curve"
[ "$(head -c 4 "$curve" | tail -c 3)" = PNG ]
