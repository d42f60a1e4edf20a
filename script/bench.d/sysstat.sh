#!/bin/bash
# Our rates beside those of sysstat (mpstat, iostat, sar) and free, over the same seconds of a known load: sysstat.sh [SECONDS]
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
for tool in mpstat iostat sar free; do
    command -v "$tool" >/dev/null || { echo "sysstat: $tool is not installed (apt-get install sysstat procps)" >&2; exit 1; }
done
seconds=${1:-30}
out=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; kill $(jobs -p) 2>/dev/null || true; wait; rm -rf "$out"' EXIT
source "$here/serve-for-bench"
python3 "$here/sysstat.py" "$port" "$(cat "$out/data/local.token")" "$seconds" "$out"
