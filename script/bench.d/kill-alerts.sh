#!/bin/bash
# Kills the gateway while alerts are raised, acknowledged, silenced and ended: kill-alerts.sh [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
export WATCHDESK
python3 "$here/kill-alerts.py" "${1:-30}"
