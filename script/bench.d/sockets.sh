#!/bin/bash
# Sockets in rooms, authenticated: script/bench sockets; alone: sockets.sh [five] [thousand] [crowds] [everybody] [slow]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
export WATCHDESK
ulimit -n "$(ulimit -Hn)"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cc -O2 -o "$out/sockets" "$here/sockets.c"
python3 "$here/sockets.py" "$out/sockets" "$@"
