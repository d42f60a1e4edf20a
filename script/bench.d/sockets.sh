#!/bin/bash
# Ten thousand customers' sockets in their rooms: script/bench sockets [SOCKETS] [MESSAGES_A_SECOND]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
export WATCHDESK
ulimit -n "$(ulimit -Hn)"
exec python3 "$here/sockets.py" "${1:-10000}" "${2:-1000}"
