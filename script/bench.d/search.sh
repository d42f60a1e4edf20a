#!/bin/bash
# How long a search over a million messages takes: script/bench search
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
cd "$here/../.."
exec python3 script/bench.d/search.py "$WATCHDESK" "${1:-1000000}"
