#!/bin/bash
# How long a search over a million messages takes: script/bench search [MESSAGES]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
python3 script/bench.d/search.py "$(script/build)" "${1:-1000000}"
