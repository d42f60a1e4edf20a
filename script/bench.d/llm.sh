#!/bin/bash
# What the gateway adds to a chat completion, beside the provider itself: script/bench llm
# With LITELLM=1, the same through LiteLLM's proxy (installed from PyPI into .venv-litellm) in the same run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
: "${WATCHDESK:=$("$here/../build")}"
cd "$here/../.."
folder=$(mktemp -d)
children=()
trap 'for child in "${children[@]}"; do kill "$child" 2>/dev/null || true; done; rm -rf "$folder"' EXIT
cc -O2 -pthread -D_GNU_SOURCE -o "$folder/llm" "$here/llm.c"
"$folder/llm" upstream 19871 &
children+=($!)
export WATCHDESK_ASSISTANT_URL=http://127.0.0.1:19871/v1 WATCHDESK_ASSISTANT_MODEL=bench
"$WATCHDESK" serve --data "$folder/data" --listen 127.0.0.1:19872 >"$folder/log" 2>&1 &
gateway=$!
children+=($gateway)
for _ in $(seq 100); do
    grep -q listens "$folder/log" && break
    sleep 0.1
done
key=$("$WATCHDESK" keys create --name bench --role agent --data "$folder/data" 2>/dev/null)
ticks() { awk '{print $14 + $15}' "/proc/$1/stat"; }
run() {
    for clients in 1 16 64; do
        for kind in plain stream; do
            echo "provider alone   $("$folder/llm" load 19871 none bench $clients 3 $kind)"
            local before=$(ticks $gateway)
            echo "through Watchdesk $("$folder/llm" load 19872 "$key" production $clients 5 $kind)"
            echo "                  CPU $((($(ticks $gateway) - before) * 10 / 5)) ms a second, $(awk '/VmRSS/{print $2 / 1024 " MB"}' /proc/$gateway/status)"
            [ -z "${LITELLM:-}" ] || echo "through LiteLLM  $("$folder/llm" load 19873 sk-bench bench $clients 5 $kind || true)"
        done
    done
}
if [ -n "${LITELLM:-}" ]; then
    [ -x .venv-litellm/bin/litellm ] || { python3 -m venv .venv-litellm && .venv-litellm/bin/pip install --quiet 'litellm[proxy]'; }
    cat >"$folder/litellm.yaml" <<YAML
model_list:
  - {model_name: bench, litellm_params: {model: openai/bench, api_base: "http://127.0.0.1:19871/v1", api_key: none}}
general_settings: {master_key: sk-bench}
YAML
    .venv-litellm/bin/litellm --config "$folder/litellm.yaml" --port 19873 --host 127.0.0.1 >"$folder/litellm.log" 2>&1 &
    children+=($!)
    for _ in $(seq 600); do
        (exec 3<>/dev/tcp/127.0.0.1/19873) 2>/dev/null && break
        sleep 0.1
    done
    sleep 3
fi
run
