#!/usr/bin/env bash
# Measures the whole pipeline on generated events, and compares its firings with a reference.
#
# usage: Benchmarks/run.sh [EVENTS] [RULES…]      default: 1000000 events, 100 rules
#
# SHARED names the folder with gen.py and rules.py (default ../shared/bench); what they generate is
# kept in .build-benchmarks for the next run.
set -euo pipefail
cd "$(dirname "$0")/.."

events=${1:-1000000}
shift || true
counts=("${@:-100}")
shared=${SHARED:-../shared/bench}
work=.build-benchmarks
root=$PWD

script/deps
command -v python3 >/dev/null || { echo "Benchmarks/run.sh: python3 is missing" >&2; exit 1; }
mkdir -p "$work"
cp -f "$shared/gen.py" "$shared/rules.py" "$work/"

if [[ ! -s $work/rules.json ]]; then
  echo "generating rules (takes a minute)" >&2
  python3 "$work/gen.py" 10000 >"$work/sample.ndjson"
  python3 "$work/rules.py" "$work/sample.ndjson" "$work/rules.json" 2>/dev/null
fi
input=$work/events-$events.ndjson
if [[ ! -s $input ]]; then
  echo "generating $events events" >&2
  python3 "$work/gen.py" "$events" >"$input.part"
  mv "$input.part" "$input"
fi

echo "building the release of regra" >&2
swift build -c release --product regra </dev/null >&2
regra=$root/.build/release/regra

# Runs Regra and prints a row; its words to people are shown only where it failed.
measure() {
  python3 Benchmarks/measure.py "$@" 2>"$work/words" || { cat "$work/words" >&2; exit 1; }
}

echo "| run | events | wall s | CPU s | events/s | events/CPU s | peak MB | exit |"
echo "|--|--:|--:|--:|--:|--:|--:|--:|"
for count in "${counts[@]}"; do
  rules=$work/rules-$count.yaml
  python3 Benchmarks/translate.py "$work/rules.json" "$count" "$rules" 2>/dev/null
  for workers in 1 2; do
    measure "$count rules, $workers worker(s)" "$events" \
      "$work/calls-$count-$workers.ndjson" "$regra" run "$rules" "$input" --window 10000 \
      --workers "$workers" --quiet --no-progress
  done
  measure "$count rules, with trace and summary" "$events" \
    "$work/calls-$count.ndjson" "$regra" run "$rules" "$input" --window 10000 --quiet \
    --no-progress --summary "$work/summary-$count.json" --trace "firings=$work/firings-$count"
  for workers in 1 2; do
    cmp "$work/calls-$count.ndjson" "$work/calls-$count-$workers.ndjson"
    rm "$work/calls-$count-$workers.ndjson"
  done
done

for count in "${counts[@]}"; do
  echo
  (cd "$work" && python3 "$root/Benchmarks/compare.py" rules.json "$count" \
    "$root/$input" "firings-$count" "summary-$count.json")
  echo "calls $(wc -l <"$work/calls-$count.ndjson")"
done
