#!/bin/bash
# Durable messages a second through the gateway: post-load.sh [CLIENTS] [SECONDS]
# Beside it, processor time of the gateway per message, and its memory.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
out=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; wait; rm -rf "$out"' EXIT
cc -O2 -o "$out/post-load" "$here/post-load.c"
source "$here/serve-for-bench"
"$out/post-load" "$port" "${1:-16}" "${2:-10}"
awk -v hz="$(getconf CLK_TCK)" '{ printf "gateway: %.1f CPU s in all, ", ($14 + $15) / hz }' "/proc/$server/stat"
awk '/VmRSS/ { printf "%.0f MiB resident\n", $2 / 1024 }' "/proc/$server/status"
