#!/usr/bin/env python3
"""Measures `regra infer`: real events, and events that mean ill.

    Benchmarks/samples.py [MEGABYTES]

The events of `playground/` are repeated up to that size (default 1,000); the other inputs are a million
keys in objects, a million types, deep nesting, lines that are no JSON, and as many values in as many
places as can be held. Says wall time, CPU time and peak memory of each.
"""

import json
import os
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
REGRA = os.path.join(ROOT, ".build", "release", "regra")


def letters(number):
    text = ""
    while True:
        text += chr(97 + number % 26)
        number //= 26
        if number == 0:
            return text


def real(file, size):
    events = b""
    playground = os.path.join(ROOT, "playground")
    for name in sorted(os.listdir(playground)):
        path = os.path.join(playground, name, "events.ndjson")
        if os.path.exists(path):
            with open(path, "rb") as source:
                events += source.read()
    while file.tell() < size:
        file.write(events)


def keys(file, size):
    for number in range(10_000):
        pairs = {letters(number * 100 + i): {"a": i, "b": [i]} for i in range(100)}
        file.write(json.dumps({"type": "t", "x": pairs}).encode() + b"\n")


def types(file, size):
    for number in range(1_000_000):
        file.write(b'{"type": "%s", "a": 1}\n' % letters(number).encode())


def deep(file, size):
    line = b'{"type":"t","a":' * 1 + b'{"b":[' * 450 + b"1" + b"]}" * 450 + b"}\n"
    for _ in range(20_000):
        file.write(line)


def bad(file, size):
    for number in range(1_000_000):
        file.write(b'{"type": "t", "n": %d\n' % number)


def full(file, size):
    for value in range(100):
        for part in range(80):
            pairs = {letters(part * 100 + i): f"value {value} " + 50 * "x" for i in range(100)}
            file.write(json.dumps({"type": "t", "x": pairs}).encode() + b"\n")


def measure(name, write, size):
    with tempfile.NamedTemporaryFile(suffix=".ndjson") as file:
        write(file, size)
        file.flush()
        megabytes = file.tell() / 1e6
        start = time.monotonic()
        process = subprocess.Popen(
            [REGRA, "infer", "--quiet", file.name],
            stdout=subprocess.DEVNULL,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.monotonic() - start
        cpu = usage.ru_utime + usage.ru_stime
        print(
            f"| {name} | {megabytes:,.0f} | {wall:.1f} | {cpu:.1f} | {megabytes / cpu:.0f} "
            f"| {usage.ru_maxrss / 1000:.0f} | {os.waitstatus_to_exitcode(status)} |",
            flush=True,
        )


def main():
    size = int(sys.argv[1] if len(sys.argv) > 1 else 1000) * 1_000_000
    print("| input | MB | wall s | CPU s | MB/CPU s | peak MB | exit code |")
    print("|--|--:|--:|--:|--:|--:|--:|")
    for name, write in [
        ("the events of `playground/`", real),
        ("a million keys", keys),
        ("a million types", types),
        ("900 levels", deep),
        ("a million bad lines", bad),
        ("8,000 places of 100 values", full),
    ]:
        measure(name, write, size)


if __name__ == "__main__":
    main()
