#!/bin/bash
# One host sample beside the same eight files read by plain C: script/bench.d/host-sample.sh [ROUNDS]
# Prints one line: microseconds of processor time of each, and their ratio (the aim: at most 2).
set -euo pipefail
cd "$(dirname "$0")/../.."
rounds=${1:-20000}
scratch=${WATCHDESK_BENCH_SCRATCH:-.build-bench}
WATCHDESK_LIGHT=1 swift build -c release --scratch-path "$scratch" --target Host >&2
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
cc -O2 -o "$out/c" script/bench.d/host-sample.c
built=$scratch/release
# By source, because the folder keeps the objects of sources that are gone.
objects=()
for target in Host Vocabulary Threads CLinux; do
    for source in Sources/"$target"/*.{swift,c}; do
        [ -e "$source" ] && objects+=("$built/$target.build/$(basename "$source").o")
    done
done
while IFS= read -r object; do objects+=("$object"); done < <(
    find "$built/NIOConcurrencyHelpers.build/" "$built/CNIOAtomics.build/" -name '*.o')
swiftc -O -parse-as-library -I "$built/Modules" -I Sources/CLinux/include -Xcc "-fmodule-map-file=$built/CNIOAtomics.build/module.modulemap" -o "$out/swift" \
    script/bench.d/host-sample.swift "${objects[@]}"
best() { for _ in 1 2 3 4 5; do "$@"; done | sort -n | head -1; }
c=$(best "$out/c" "$rounds")
read -r ours values < <(best "$out/swift" "$rounds")
awk -v c="$c" -v s="$ours" -v n="$values" \
    'BEGIN { printf "host sample: %.1f us CPU (%d values, all sources); C, 8 files: %.1f us; ratio %.2f\n", s, n, c, s / c }'
