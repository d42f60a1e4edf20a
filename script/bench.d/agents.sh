#!/bin/bash
# 100 simulated hosts that send a sample of 100 metrics each second: agents.sh [HOSTS] [SECONDS]
# Then each brings ten minutes of samples that an outage kept back, and every second of them must be there.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
out=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; wait; rm -rf "$out"' EXIT
source "$here/serve-for-bench"
"$here/agents.py" "$port" "$server" "$(cat "$out/data/local.token")" "${1:-100}" "${2:-20}"
