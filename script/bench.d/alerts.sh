#!/bin/bash
# What the alert rules cost a second, and how long an acknowledgment takes until it is durable.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
"$here/link-bench" "$out/alerts" "$here/alerts.swift" \
    Monitoring Storage Bus Host DeskAPI JSON YAML Digests Threads Vocabulary CSQLite CCrypto CYAML CLinux
"$out/alerts" "$out" "$@"
