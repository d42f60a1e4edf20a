#!/bin/bash
# Sockets in rooms, authenticated: script/bench sockets; alone: sockets.sh [five] [thousand] [crowds] [everybody] [slow]
# PEERS=1 measures the same of two servers in Python, where they can: websockets, and FastAPI with uvicorn.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
export WATCHDESK
ulimit -n "$(ulimit -Hn)"
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cc -O2 -o "$out/sockets" "$here/sockets.c"
python3 "$here/sockets.py" "$out/sockets" "$@"
[ "${PEERS:-}" = 1 ] || exit 0
python3 -m venv "$out/venv"
"$out/venv/bin/pip" -q install websockets fastapi uvicorn
for peer in websockets fastapi; do
    PEER=$peer PEER_PYTHON="$out/venv/bin/python" python3 "$here/sockets.py" "$out/sockets" "${@:-five}"
done
