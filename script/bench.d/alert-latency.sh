#!/bin/bash
# From a sample that crosses, and from an acknowledgment, to another console: alert-latency.sh [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
export WATCHDESK
python3 "$here/alert-latency.py" "${1:-300}"
