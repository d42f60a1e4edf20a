#!/bin/bash
# Trains a classifier on a data set with four seeds and shows how good each is: script/bench.d/train.sh FILE
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
file=${1:-${DATA:-}}
[ -n "$file" ] || { echo "train: no data set; give one: script/bench.d/train.sh FILE, or DATA=FILE script/bench train"; exit 0; }
: "${WATCHDESK:=$("$here/../build")}"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for seed in 1 2 3 4; do
    TIMEFORMAT='  %U s of processor time'
    time "$WATCHDESK" train "$file" --model bench --seed $seed --data "$folder" >"$folder/log"
    grep '^version' "$folder/log"
done
