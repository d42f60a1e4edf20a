#!/bin/bash
# The history of metrics: what a sample costs, and how soon the first charts are full after a start.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$here/link-bench" "$out/history" "$here/history.swift" \
    Monitoring Storage Bus Host DeskAPI JSON YAML Digests Threads Vocabulary CSQLite CCrypto CYAML CLinux
"$out/history" "$out"
