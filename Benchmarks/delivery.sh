#!/usr/bin/env bash
# Measures `regra run --to`: calls a second over HTTP to a simulator without quotas, each a POST of a
# contact of its own. Regra has one core, the simulator the rest.
#
#   Benchmarks/delivery.sh [CALLS] [IN_FLIGHT …]
set -euo pipefail
cd "$(dirname "$0")/.."
calls=${1:-30000}
shift $(($# > 0))
[[ $# -gt 0 ]] || set -- 1 16 64

script/deps
swift build -c release --product regra </dev/null >&2
regra=$PWD/.build/release/regra
folder=$(mktemp -d)
coproc server {
  exec taskset -c 1 "$regra" simulate --port 0 --no-quotas --token benchmark 2>&3
} 3>&2
trap 'kill "$server_PID" 2>/dev/null || true; rm -rf "$folder"' EXIT
read -r address <&"${server[0]}"

cat >"$folder/rules.yaml" <<'RULES'
version: 1
contact: {urn: "ext:${event.person}", missing: create}
rules:
  - id: named
    do:
      - set_name: ${event.name}
      - set_language: pt
RULES

export REGRA_TOKEN=benchmark
echo "| in flight | calls | wall s | CPU s | calls/s | calls/CPU s | peak MB | exit code |"
echo "|--|--:|--:|--:|--:|--:|--:|--:|"
for in_flight in "$@"; do
  seq 1 "$calls" | sed "s/.*/{\"person\": \"$in_flight-&\", \"name\": \"Ana &\"}/" >"$folder/events.ndjson"
  rm -rf "$folder/state"
  python3 Benchmarks/measure.py "$in_flight" "$calls" /dev/null \
    /usr/bin/taskset -c 0 "$regra" run "$folder/rules.yaml" "$folder/events.ndjson" --to "$address" \
    --quota none --in-flight "$in_flight" --window 5000 --state "$folder/state" --quiet
done
