#!/bin/bash
# Ten thousand rules over a million series: processor time of a second, and memory for each series.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$here/link-bench" "$out/alerts-many" "$here/alerts-many.swift" \
    Monitoring Storage Bus Host DeskAPI JSON YAML Digests Threads Vocabulary CSQLite CCrypto CYAML CLinux
"$out/alerts-many" "$out" "$@"
