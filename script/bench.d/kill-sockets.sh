#!/bin/bash
# kill -9 under WebSockets that write, read and resume: kill-sockets.sh [ROUNDS]; everything is compared after the last one.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
export WATCHDESK
exec python3 "$here/kill-sockets.py" "${1:-100}"
