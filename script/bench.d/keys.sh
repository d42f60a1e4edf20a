#!/bin/bash
# From a key to the changed screen, while a language model streams 100 tokens a second through the gateway: keys.sh [KEYS]
# Then a filter typed over a list of ten thousand rows.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
export WATCHDESK
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
python3 "$here/keys.py" "$out" "${1:-1000}"
