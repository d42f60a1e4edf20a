#!/bin/bash
# Sockets that never say what they want, and how others fare meanwhile: half-open.sh [SOCKETS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
export WATCHDESK
ulimit -n "$(ulimit -Hn)"
exec python3 "$here/half-open.py" "${1:-20000}"
