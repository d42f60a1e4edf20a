# For checks that need a Python package; to be sourced by a script that has set `check` to what it is called.
skip() {
    echo "$check: skipped: $*"
    exit 0
}

# Sets $venv to a virtual environment of this name with these packages; skips the check where that cannot be.
python_with() {
    local log name=$1
    shift
    log=$(mktemp)
    venv=.venv-$name
    command -v python3 >/dev/null || skip "no python3 here"
    [ -x "$venv/bin/pip" ] || python3 -m venv "$venv" >"$log" 2>&1 || skip "no virtual environment: $(tail -1 "$log")"
    "$venv/bin/pip" install --quiet --disable-pip-version-check "$@" >"$log" 2>&1 || skip "pip failed: $(tail -1 "$log")"
    rm -f "$log"
}
