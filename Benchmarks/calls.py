#!/usr/bin/env python3
"""API calls per 1,000 events, on three streams of the playground, as docs/fewest-calls.md shows them.

usage: python3 Benchmarks/calls.py [SCALE] [REGRA]

Makes the streams SCALE (100) times as long, with as many times the people, runs their rules
without guards, and prints a table. REGRA is the command (.build/release/regra).

one per action   each write on its own, look-ups not counted: what scripts do
per contact      the writes of a window merged per contact: a POST for its data, a call for each
                 change of a group or status
Regra, blind     nothing is known of contacts
Regra            the contacts that there are, and their groups, are known
bound            fewer calls than these cannot be: proved for group changes; a contact with changed
                 data needs a POST
"""
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
STREAMS = {"shop-orders": "shop", "customer-records": "CRM", "crm-leads": "leads"}
WINDOWS = {"1,000 events": ["--window", "1000"], "whole stream": []}


def without_guards(source, target):
    """Guards are for accidents; a stream this long exceeds them on purpose."""
    shutil.copytree(source, target)
    for folder, _, names in os.walk(target):
        for name in names:
            path = os.path.join(folder, name)
            text = open(path, encoding="utf-8").read()
            text = re.sub(r"(?m)^guards:.*\n((  .*)?\n)*", "", text)
            open(path, "w", encoding="utf-8").write(text)


def run(command):
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode not in (0, 5):
        sys.exit(f"{' '.join(command)}\n{done.stderr[-2000:]}")
    return done.stdout


def merged_per_contact(lines):
    """Calls of a client that merges the writes of each contact but not those of several."""
    count = 0
    for line in lines.splitlines():
        body = json.loads(line).get("body") or {}
        count += len(body["contacts"]) if "contacts" in body else 1
    return count


def main():
    scale = sys.argv[1] if len(sys.argv) > 1 else "100"
    regra = sys.argv[2] if len(sys.argv) > 2 else os.path.join(ROOT, ".build/release/regra")
    print("| stream | events | window | one per action | per contact | Regra, blind | Regra | bound |")
    print("| --- | --: | --- | --: | --: | --: | --: | --: |")
    with tempfile.TemporaryDirectory() as place:
        subprocess.run(
            [sys.executable, os.path.join(ROOT, "playground/generate.py"), place, scale],
            check=True, stdout=subprocess.DEVNULL)
        for name, title in STREAMS.items():
            folder = os.path.join(place, name)
            rules = os.path.join(folder, "rules")
            without_guards(os.path.join(ROOT, "playground", name, "rules"), rules)
            events = os.path.join(folder, "events.ndjson")
            count = sum(1 for _ in open(events, encoding="utf-8"))
            known = ["--contacts", os.path.join(folder, "contacts.ndjson"), "--all-contacts",
                     "--inventory", os.path.join(folder, "inventory.json")]
            for window, flags in WINDOWS.items():
                common = [rules, events, "--quiet", "--now", "2026-03-02T09:00:00-03:00"] + flags
                lines = run([regra, "run"] + common)
                windows = run([regra, "run"] + common + ["--fresh", "0s"])
                plan = [regra, "plan"] + common + known + ["--format", "json", "--prove"]
                calls = json.loads(run(plan + ["--out", os.path.join(place, "plan")]))["calls"]
                numbers = [calls["one_per_write"], merged_per_contact(windows), lines.count("\n"),
                           calls["total"], calls["bound"]]
                cells = [f"{number * 1000 / count:,.1f}" for number in numbers]
                print("|", " | ".join([title, f"{count:,}", window] + cells), "|", flush=True)


main()
