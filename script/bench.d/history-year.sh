#!/bin/bash
# A year of ten hosts: what it takes on the disk, and how long any chart of it takes.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$here/link-bench" "$out/year" "$here/history-year.swift" \
    Monitoring Storage Bus Host DeskAPI JSON YAML Digests Threads Vocabulary CSQLite CCrypto CYAML CLinux
"$out/year" "$out"
