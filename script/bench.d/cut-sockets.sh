#!/bin/bash
# A network that is cut while both sides write: cut-sockets.sh [SECONDS]; needs root and ip, everything is compared after.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
export WATCHDESK
exec python3 "$here/cut-sockets.py" "${1:-30}"
