#!/bin/bash
# Uses the chat page in headless Chromium. Where that cannot be installed it says why and goes on.
# chat-page.sh [FOLDER] keeps pictures of the page in FOLDER.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

check="chat page"
. .ci/python.sh

log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! command -v chromium >/dev/null; then
    as_root=()
    [ "$(id -u)" = 0 ] || as_root=(sudo --)
    apt=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300)
    "${as_root[@]}" "${apt[@]}" update >"$log" 2>&1 || true
    "${as_root[@]}" "${apt[@]}" install -y --no-install-recommends chromium >"$log" 2>&1 ||
        skip "apt could not install chromium: $(tail -1 "$log")"
fi
python_with chat websockets==15.0.1
$venv/bin/python .ci/chat-page.py "$PWD/.build/debug/watchdesk" "$(command -v chromium)" "$@"
