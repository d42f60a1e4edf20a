#!/bin/bash
# The console beside htop and btop, one after the other in one run: console.sh [SECONDS] [COLUMNSxROWS]
# Processor time, memory, bytes and bursts of output, and the time to the first full frame.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
export HOME=$out XDG_CONFIG_HOME=$out/config
seconds=${1:-60} size=${2:-200x60}
measure() { python3 "$here/console.py" "$size" "$seconds" "$@"; }
measure watchdesk "$WATCHDESK" --data "$out/data" --listen 127.0.0.1:0
# The list of processes, as htop shows it all the time.
KEYS=2p measure processes "$WATCHDESK" --data "$out/data" --listen 127.0.0.1:0
# The same refresh as ours: one second.
if command -v htop >/dev/null; then measure htop htop -d 10; fi
if command -v btop >/dev/null; then
    mkdir -p "$XDG_CONFIG_HOME/btop"
    echo 'update_ms = 1000' >"$XDG_CONFIG_HOME/btop/btop.conf"
    measure btop btop
fi
