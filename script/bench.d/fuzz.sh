#!/bin/bash
# Keys without sense, half sequences, floods, resizes down to 1x1 and stops of reading, for ten minutes: fuzz.sh [SECONDS] [SEED]
# The console must live, answer in the end, and have triggered nothing that asks first.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
export WATCHDESK
out=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; wait; rm -rf "$out"' EXIT
source "$here/serve-for-bench"
python3 "$here/fuzz.py" "$out" "$port" "${1:-600}" "${2:-$RANDOM}"
