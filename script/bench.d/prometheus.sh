#!/bin/bash
# What one answer of /metrics costs: 100 hosts with 100 metrics each.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$here/link-bench" "$out/prometheus" "$here/prometheus.swift" \
    Monitoring Storage Bus Host DeskAPI JSON YAML Digests Threads Vocabulary CSQLite CCrypto CYAML CLinux
"$out/prometheus"
