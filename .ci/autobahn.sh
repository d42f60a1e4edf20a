#!/bin/bash
# Runs the 301 core cases of the Autobahn suite (kosoku from PyPI, pinned) against the gateway's WebSocket layer.
# Where it cannot be installed it says why and goes on; that our layer is at fault is a failure.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
check=autobahn
. .ci/python.sh
python_with autobahn kosoku==0.1.0

WATCHDESK_AUTOBAHN=$PWD/$venv/bin/kosoku script/test AutobahnTests
