#!/bin/bash
# From a key to the changed screen in an inbox of ten thousand, while 200 messages a second come: inbox.sh [KEYS] [OPEN]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
export WATCHDESK
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
python3 "$here/inbox.py" "$out" "${1:-500}" "${2:-10000}"
