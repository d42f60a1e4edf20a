#!/bin/bash
# Runs the 301 core cases of the Autobahn suite (kosoku from PyPI, pinned) against the gateway's WebSocket layer.
# Where it cannot be installed it says why and goes on; that our layer is at fault is a failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

skip() {
    echo "autobahn: skipped: $*"
    exit 0
}

command -v python3 >/dev/null || skip "no python3 here"
venv=.venv-autobahn
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if [ ! -x $venv/bin/pip ]; then
    python3 -m venv $venv >"$log" 2>&1 || skip "no virtual environment: $(tail -1 "$log")"
fi
$venv/bin/pip install --quiet --disable-pip-version-check kosoku==0.1.0 >"$log" 2>&1 ||
    skip "pip failed: $(tail -1 "$log")"

WATCHDESK_AUTOBAHN=$PWD/$venv/bin/kosoku script/test AutobahnTests
