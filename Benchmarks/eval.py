#!/usr/bin/env python3
"""Measures `regra eval` beside jq and gojq on the same events and prints the ratios.

usage: Benchmarks/eval.py [EVENTS] [ROUNDS]      default: 200000 events, 3 rounds

The tools take turns within each round, so that a machine that is busy with something else is
unfair to all of them alike. A figure is the least CPU time of the rounds. First the results of
regra and jq are compared, line by line. It needs Debian's jq, gojq and python3; SHARED names the
folder with gen.py (default ../shared/bench).
"""

import json
import math
import os
import pathlib
import shutil
import subprocess
import sys
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
WORK = ROOT / ".build-benchmarks"
SHARED = ROOT / os.environ.get("SHARED", "../shared/bench")

# What is asked, in both languages.
QUESTIONS = [
    ("a field", "event.customer.email", ".customer.email"),
    (
        "a condition",
        'event.attempt == 1 && (event.store.endsWith("5") || event.event == "lead.created")',
        '.attempt == 1 and ((.store | endswith("5")) or .event == "lead.created")',
    ),
    (
        "an object",
        '{"id": event.id, "type": event.event, "ip": event.meta.ip, "tries": event.attempt}',
        "{id: .id, type: .event, ip: .meta.ip, tries: .attempt}",
    ),
    (
        "a list",
        'event.?customer.tags.orValue([]).filter(t, t.startsWith("seg-"))',
        '[(.customer.tags // [])[] | select(startswith("seg-"))]',
    ),
    (
        "a pattern",
        'event.store.matches("^loja-0[0-9]*5$")',
        '.store | test("^loja-0[0-9]*5$")',
    ),
    ("the whole event", "event", "."),
]


def build():
    WORK.mkdir(exist_ok=True)
    subprocess.run(
        ["swift", "build", "-c", "release", "--product", "regra"], cwd=ROOT, check=True,
        stdin=subprocess.DEVNULL, stdout=sys.stderr)
    return str(ROOT / ".build/release/regra")


def events(count):
    path = WORK / f"events-{count}.ndjson"
    if not path.exists():
        part = path.with_suffix(".part")
        with open(part, "w", encoding="utf-8") as out:
            subprocess.run(
                [sys.executable, SHARED / "gen.py", str(count)], stdout=out, check=True)
        part.rename(path)
    return str(path)


def cpu_seconds(command, output=os.devnull):
    """User and system time of a command, and its wall time."""
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
        os.execv(command[0], command)
    _, status, usage = os.wait4(child, 0)
    if os.waitstatus_to_exitcode(status) != 0:
        sys.exit(f"{' '.join(command)}: exit code {os.waitstatus_to_exitcode(status)}")
    return usage.ru_utime + usage.ru_stime, time.monotonic() - start


def compare(left, right, title):
    with open(left, encoding="utf-8") as ours, open(right, encoding="utf-8") as theirs:
        for number, (one, other) in enumerate(zip(ours, theirs, strict=True), 1):
            if json.loads(one) != json.loads(other):
                sys.exit(f"{title}, line {number}: {one}!= {other}")


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 200_000
    rounds = int(sys.argv[2]) if len(sys.argv) > 2 else 3
    regra, path = build(), events(count)
    tools = {name: shutil.which(name) for name in ("jq", "gojq")}
    for name, tool in tools.items():
        if not tool:
            sys.exit(f"{name} is missing; install Debian's package {name}")
    for title, ours, theirs in QUESTIONS:
        outputs = [str(WORK / "eval-regra"), str(WORK / "eval-jq")]
        cpu_seconds([regra, "eval", ours, path], outputs[0])
        cpu_seconds([tools["jq"], "-c", theirs, path], outputs[1])
        compare(*outputs, title)
    print(f"{count:,} events, {os.path.getsize(path) / 1e6:,.0f} MB; the results of regra and jq are equal\n")
    print("| question | regra CPU s | wall s | jq CPU s | gojq CPU s | jq : regra | gojq : regra |")
    print("|--|--:|--:|--:|--:|--:|--:|")
    ratios = {"jq": [], "gojq": []}
    for title, ours, theirs in QUESTIONS:
        least = {}
        for _ in range(rounds):
            commands = {"regra": [regra, "eval", ours, path]}
            commands |= {name: [tool, "-c", theirs, path] for name, tool in tools.items()}
            for name, command in commands.items():
                least[name] = min(least.get(name, (math.inf, math.inf)), cpu_seconds(command))
        for name, values in ratios.items():
            values.append(least[name][0] / least["regra"][0])
        print(
            f"| {title} | {least['regra'][0]:.2f} | {least['regra'][1]:.2f} | {least['jq'][0]:.2f} "
            f"| {least['gojq'][0]:.2f} | {ratios['jq'][-1]:.1f} | {ratios['gojq'][-1]:.1f} |",
            flush=True)
    means = {name: math.prod(values) ** (1 / len(values)) for name, values in ratios.items()}
    print(f"\ngeometric means: {means['jq']:.1f} times as fast as jq, {means['gojq']:.1f} as gojq")


if __name__ == "__main__":
    main()
