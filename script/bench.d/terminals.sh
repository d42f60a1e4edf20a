#!/bin/bash
# The console on fifteen odd terminals: terminals.sh; fails when one of them kills it or gets what it cannot show.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
HOME=$out python3 "$here/terminals.py" "$WATCHDESK" --data "$out/data" --listen 127.0.0.1:0
