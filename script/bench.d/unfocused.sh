#!/bin/bash
# What a console costs whose window is not in front, beside one whose window is: unfocused.sh [SECONDS]
# The console alone: its gateway runs in a process of its own.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
out=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; wait; rm -rf "$out"' EXIT
source "$here/serve-for-bench"
export HOME=$out XDG_CONFIG_HOME=$out/config
python3 "$here/console.py" 200x60 "${1:-60}" focused "$WATCHDESK" --data "$out/data"
UNFOCUSED=1 python3 "$here/console.py" 200x60 "${1:-60}" unfocused "$WATCHDESK" --data "$out/data"
