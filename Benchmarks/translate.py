#!/usr/bin/env python3
"""Turns the first COUNT neutral rules into a Regra rule file.

usage: translate.py RULES.json COUNT OUT.yaml [--contact URN]

A neutral rule names an event type or none, predicates that must all hold, and actions. Regra refuses
two actions of one rule on one target, as only one of them could count; such a later action gets a
rule of its own with the same conditions, `r00012-2` after `r00012`. URN is the template that says who
the contact is.
"""

import argparse
import json
import re
import sys

TESTS = {
    "in": "in",
    "prefix": "starts_with",
    "contains": "contains",
    "has": "contains",
    "regex": "matches",
    ">=": "at_least",
    ">": "above",
    "<=": "at_most",
    "<": "below",
}

HEAD = """version: 1
about: The neutral rules of the benchmark

events: {type: event.event, id: event.id, time: event.occurred_at}

contact: {urn: CONTACT, missing: create}

rules:
"""


def flow(value):
    """A value in YAML's flow style, every text between double quotes as in JSON."""
    return json.dumps(value, ensure_ascii=False)


def holes(template):
    """`{lead.status}` reads a path of the event; Regra's holes hold expressions."""
    return re.sub(r"\{([\w.]+)\}", r"${event.\1}", template)


def test(predicate):
    path = "event." + predicate["f"]
    operator = predicate["op"]
    if operator == "exists":
        return f"{path}: present"
    if operator == "==":
        return f"{path}: {flow(predicate['v'])}"
    return f"{path}: {flow({TESTS[operator]: predicate['v']})}"


def action(neutral):
    """Regra's action and the target it writes to."""
    kind = neutral["action"]
    if kind == "set_field":
        value = holes(neutral["value"])
        return {"set_fields": {neutral["key"]: value}}, ("field", neutral["key"])
    if kind in ("add_group", "remove_group"):
        group = holes(neutral["group"])
        name = "add_to_group" if kind == "add_group" else "remove_from_group"
        return {name: group}, ("group", group.lower())
    if kind == "add_urn":
        urn = holes(neutral["urn"])
        return {"add_urn": urn}, ("urn", urn)
    if kind == "delete_contact":
        return {"delete_contact": "confirmed"}, ("delete", "")
    value = holes(neutral["value"])
    return {kind: value}, (kind, "")


def parts(actions):
    """The actions in written order, cut where a target comes up again."""
    lists, targets = [[]], set()
    for neutral in actions:
        written, target = action(neutral)
        if target in targets:
            lists.append([])
            targets = set()
        targets.add(target)
        lists[-1].append(written)
    return lists


def rules(neutral):
    for number, actions in enumerate(parts(neutral["actions"]), start=1):
        name = neutral["id"] if number == 1 else f"{neutral['id']}-{number}"
        lines = [f"  - id: {name}"]
        if neutral["event"] is not None:
            lines.append(f"    when: {flow(neutral['event'])}")
        lines.append("    if:")
        lines += [f"      - {test(predicate)}" for predicate in neutral["where"]]
        lines.append("    do:")
        lines += [f"      - {key}: {flow(value)}" for each in actions for key, value in each.items()]
        yield "\n".join(lines) + "\n"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("source")
    parser.add_argument("count", type=int)
    parser.add_argument("target")
    parser.add_argument("--contact", default="ext:${event.customer.id}")
    given = parser.parse_args()
    with open(given.source, encoding="utf-8") as file:
        neutral = json.load(file)[: given.count]
    written = [list(rules(rule)) for rule in neutral]
    with open(given.target, "w", encoding="utf-8") as file:
        file.write(HEAD.replace("CONTACT", flow(given.contact)))
        file.write("\n".join(text for texts in written for text in texts))
    extra = sum(len(texts) - 1 for texts in written)
    print(f"{len(neutral)} rules, {extra} more for a second action on one target", file=sys.stderr)


if __name__ == "__main__":
    main()
