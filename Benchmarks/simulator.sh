#!/usr/bin/env bash
# Measures `regra simulate`: requests a second, half of them POST and half GET by URN.
#
#   Benchmarks/simulator.sh [SECONDS] [CONNECTIONS] [CONTACTS]
set -euo pipefail
cd "$(dirname "$0")/.."
seconds=${1:-10}
connections=${2:-32}
contacts=${3:-10000}

script/deps
if ! command -v wrk >/dev/null; then
  echo "Benchmarks/simulator.sh: wrk is missing: apt-get install wrk" >&2
  exit 1
fi
swift build -c release --product regra </dev/null >&2

coproc server {
  exec .build/release/regra simulate --port 0 --no-quotas --token benchmark 2>&3
} 3>&2
trap 'kill "$server_PID" 2>/dev/null || true' EXIT
read -r address <&"${server[0]}"

CONTACTS=$contacts wrk --threads 1 --connections "$connections" --duration "${seconds}s" --latency \
  --script Benchmarks/simulator.lua "$address"
peak=$(awk '/^VmHWM/ { print $2 / 1000 }' "/proc/$server_PID/status")
echo "the server: $peak MB at its peak, $(awk '{ print ($14 + $15) / 100 }' "/proc/$server_PID/stat") s of CPU"
