#!/usr/bin/env python3
"""Compares a run of Regra with the reference evaluator, firing by firing.

usage: compare.py RULES.json COUNT EVENTS.ndjson FIRINGS SUMMARY.json

Run where `rules.py`, the reference, can be imported. A rule such as `r00012-2` carries later actions of
`r00012` on the same target: it must fire exactly when that does. An action whose value has an empty
part is emitted by the reference; Regra skips and counts it.
"""

import json
import os
import re
import sys
from collections import Counter

sys.path.insert(0, os.getcwd())
import rules as reference  # noqa: E402

TEMPLATES = {"set_field": "value", "set_name": "value", "set_language": "value"}
TEMPLATES |= {"add_group": "group", "remove_group": "group", "add_urn": "urn"}


def is_empty(event, action):
    """Whether a hole of the action has nothing to say."""
    key = TEMPLATES.get(action["action"])
    paths = re.findall(r"\{([\w.]+)\}", action[key]) if key else []
    values = [reference.get(event, path) for path in paths]
    return any(value is None or str(value).strip() == "" for value in values)


def by_type(rules):
    """The rules that can fire for a type of event, in their order."""
    general = [rule for rule in rules if rule["event"] is None]
    table = {}
    for rule in rules:
        if rule["event"] is not None:
            table.setdefault(rule["event"], list(general)).append(rule)
    return table, general


class Expected:
    """What the reference says, taken off what Regra did."""

    def __init__(self, firings):
        self.left = firings
        self.fired = Counter()
        self.skipped = Counter()
        self.actions = Counter()
        self.empty = Counter()
        self.missed = []

    def take(self, event, rule):
        self.fired[rule["id"]] += 1
        pair = f"{rule['id']} {event['id']}"
        if self.left[pair] > 0:
            self.left[pair] -= 1
        elif len(self.missed) < 10:
            self.missed.append(pair)
        for action in rule["actions"]:
            self.actions[action["action"]] += 1
            if is_empty(event, action):
                self.empty[action["action"]] += 1
                self.skipped[rule["id"]] += 1


def read_firings(path):
    """Firings of first rules as pairs, firings of their continuations as counts."""
    pairs, continued = Counter(), Counter()
    with open(path, encoding="utf-8") as file:
        for line in file:
            rule, _, event = line.rstrip("\n").partition(" ")
            if "-" in rule:
                continued[rule] += 1
            else:
                pairs[f"{rule} {event}"] += 1
    return pairs, continued


def main():
    source, count, events, firings, summary = sys.argv[1:6]
    with open(source, encoding="utf-8") as file:
        rules = json.load(file)[: int(count)]
    pairs, continued = read_firings(firings)
    expected = Expected(pairs)
    table, general = by_type(rules)
    with open(events, encoding="utf-8") as file:
        for line in file:
            event = json.loads(line)
            for rule in table.get(event["event"], general):
                if reference.match(event, rule):
                    expected.take(event, rule)

    with open(summary, encoding="utf-8") as file:
        counted = {rule["id"]: rule for rule in json.load(file)["rules"]}
    skipped = Counter()
    for name, rule in counted.items():
        skipped[name.partition("-")[0]] += rule["skipped"]
    surplus = [pair for pair, times in expected.left.items() if times > 0]
    checks = [
        ("firings that only the reference has", expected.missed),
        ("firings that only Regra has", surplus[:10]),
        (
            "rules whose `fired` differs",
            [r["id"] for r in rules if counted[r["id"]]["fired"] != expected.fired[r["id"]]],
        ),
        (
            "rules whose `skipped` differs",
            [r["id"] for r in rules if skipped[r["id"]] != expected.skipped[r["id"]]],
        ),
        (
            "continued rules that fire otherwise",
            [n for n, times in continued.items() if times != expected.fired[n.partition("-")[0]]],
        ),
    ]
    print(f"firings {sum(expected.fired.values()):,} of {len(rules)} rules")
    for action, number in sorted(expected.actions.items()):
        print(f"  {action:<15}{number:>10,}   skipped as empty {expected.empty[action]:>8,}")
    failed = [(title, found) for title, found in checks if found]
    for title, found in failed:
        print(f"DIFFERENT: {title}: {', '.join(found[:10])}")
    print("different" if failed else "equal: every firing, every count of fired and skipped")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
