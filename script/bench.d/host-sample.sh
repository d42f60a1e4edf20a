#!/bin/bash
# One host sample beside the same eight files read by plain C: host-sample.sh [ROUNDS]
# Prints one line: microseconds of processor time of each, and their ratio (the aim: at most 2).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
rounds=${1:-20000}
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cc -O2 -o "$out/c" "$here/host-sample.c"
"$here/link-bench" "$out/swift" "$here/host-sample.swift" Host Vocabulary Threads CLinux
best() { for _ in 1 2 3 4 5; do "$@"; done | sort -n | head -1; }
c=$(best "$out/c" "$rounds")
read -r ours values < <(best "$out/swift" "$rounds")
awk -v c="$c" -v s="$ours" -v n="$values" \
    'BEGIN { printf "host sample: %.1f us CPU (%d values, all sources); C, 8 files: %.1f us; ratio %.2f\n", s, n, c, s / c }'
