#!/bin/bash
# kill -9 under load, again and again: kill.sh [ROUNDS]; what was acknowledged is looked for after the last one.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
export WATCHDESK
exec python3 "$here/kill.py" "${1:-50}"
