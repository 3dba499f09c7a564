#!/usr/bin/env python3
"""Random rules and random events: does Regra fire as the reference evaluator says?

    Benchmarks/agree.py [--pairs 1000000] [--seed 1] [--regra PATH] [--shared ../shared/bench]

A pair is a rule and an event. Rules are drawn as `rules.py` of the shared folder draws its own, and
half of their predicates against constants and paths of the edges; Benchmarks/translate.py writes them
in Regra's language. Events are those of `gen.py`, with values of every type in the place of some, written
with escapes, blanks, repeated keys and numbers in many spellings. What fires is compared pair by pair;
a difference is printed with its rule and its event.

The reference is `test` of `rules.py` as it is. Where Python's values are not those of JSON and CEL, its
operands are wrapped before: `true` is no number, a map has no items, a whole number beside a double is
compared as a double (as CEL's conformance cases have it), numbers that no type holds are nothing
(docs/decisions/0003), and `$` in a pattern is the end of the text only. A test that is senseless for a
value (a text above 5) raises in Python, and does not hold.
"""

import argparse
import importlib.util
import json
import math
import operator
import pathlib
import random
import re
import subprocess
import sys
import tempfile
from collections import Counter

sys.dont_write_bytecode = True

ROOT = pathlib.Path(__file__).resolve().parent.parent
RULES, EVENTS = 250, 400
"""Of each round."""

TEXTS = [
    "", " ", "a", "A", "ab", "abc", "paid", "São", "são", "Sa\u0303o", "é", "e\u0301", "日本", "😀",
    "👍🏽", "\u0000", "a\u0000b", "\u001f", "\"", "\\", "/", "a/b", "\n", "tab\t", "{", "}", "null",
    "true", "7", "7.0", "-0", "eight888", "nine99999", "x" * 15, "x" * 16, "x" * 17, "é" * 33,
    "\U0010fffd", "ﬁ", "ß", "İ",
]
# Rule files have no such letters, events may.
NO_LETTERS = ["\u2028", "\uffff", "\U0010ffff", "a\ufdd0"]
# As JSON spells them; each stands in events, and as a constant where a double or Int64 holds it.
NUMBERS = [
    "0", "-0", "0.0", "-0.0", "1", "1.0", "1e0", "10e-1", "-1", "2", "2.5", "5", "7", "100", "0.1",
    "0.30000000000000004", "0.3", "1e22", "1e23", "9007199254740991", "9007199254740992",
    "9007199254740993", "9007199254740992.0", "9007199254740993.0", "-9007199254740993",
    "9223372036854775807", "9223372036854775806", "-9223372036854775808", "9223372036854775808",
    "-9223372036854775809", "9223372036854774784.0", "9223372036854775807.0",
    "-9223372036854775808.0", "18446744073709551615", "18446744073709551616", "1e19", "5e-324",
    "2.2250738585072014e-308", "1.7976931348623157e308", "123456789012345678901234567890",
    "0.1234567890123456789012345", "1e-7", "1E+2", "123.456e-1",
]
UNREPRESENTABLE = ["1e400", "-1e400", "1" + "0" * 310, "-1.8e308"]
PATTERNS = [
    "^a", "a$", "^$", "[0-9]{2}", "^[0-9]+$", "(?i)^PAID$", "é", "😀|日", "a.c", "[^a]", "^.$",
    "x{16,}", "\\\\", "\\.", "^(a|b)*$",
]
MORE_PATHS = [
    "x", "y.z", "y", "a.b.c.d", "customer", "customer.address", "order", "lead.id", "eight888",
    "nine99999.k",
]
KINDS = [
    "lead", "order", "ticket", "message", "campaign", "subscription", "call", "survey", "customer",
]
TESTS = ["==", "==", "in", "prefix", "contains", "has", "regex", "exists", ">=", ">", "<=", "<"]


class Wrapped:
    """A value that is equal to nothing of another type; `true`, `false`, or a map at the end of a path."""

    def __init__(self, value):
        self.value = value

    def __eq__(self, other):
        return type(self) is type(other) and self.value == other.value

    __hash__ = None


class Bool(Wrapped):
    pass


class Map(Wrapped):
    pass


class Number(Wrapped):
    """Whole numbers compare as they are, and as doubles where a double stands beside one."""

    def beside(self, other):
        if not isinstance(other, Number):
            raise TypeError
        pair = self.value, other.value
        return pair if all(isinstance(each, int) for each in pair) else tuple(map(float, pair))

    def __eq__(self, other):
        return isinstance(other, Number) and operator.eq(*self.beside(other))

    def __lt__(self, other):
        return operator.lt(*self.beside(other))

    def __le__(self, other):
        return operator.le(*self.beside(other))

    __hash__ = None


class Event(dict):
    """A map on the way to a value; at the end of a path it is a `Map`."""


def whole(text):
    """JSON's whole numbers as Regra has them; nothing for those that neither Int64 nor UInt64 holds."""
    number = int(text)
    if -(2**63) <= number < 2**63:
        return number
    return float(number) if 0 <= number < 2**64 else None


def decimal(text):
    number = float(text)
    return None if math.isinf(number) else number


def wrapped(value):
    if isinstance(value, bool):
        return Bool(value)
    if isinstance(value, dict):
        return Event((key, wrapped(item)) for key, item in value.items())
    if isinstance(value, list):
        return [Map(item) if isinstance(item, dict) else wrapped(item) for item in value]
    return Number(value) if isinstance(value, (int, float)) else value


class Reference:
    """`test` of the shared folder's rules.py over wrapped values."""

    def __init__(self, shared):
        if not (shared / "rules.py").exists():
            sys.exit(f"agree.py: {shared} has no rules.py; give the folder that has it with --shared")
        spec = importlib.util.spec_from_file_location("rules", shared / "rules.py")
        self.rules = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.rules)
        found = self.rules.get
        self.rules.get = lambda event, path: self.leaf(found(event, path))

    @staticmethod
    def leaf(value):
        return Map(value) if isinstance(value, dict) else value

    def prepare(self, rule):
        """The rule with its constants wrapped, its patterns meaning what RE2 means by them."""
        for predicate in rule["where"]:
            if predicate["op"] == "regex":
                pattern = predicate["v"]
                meant = re.sub(r"(?<!\\)\$", r"\\Z", pattern)
                self.rules._rx[pattern] = re.compile(meant, re.ASCII)
        where = [{**each, "v": wrapped(each.get("v"))} for each in rule["where"]]
        return {**rule, "where": where}

    def fires(self, event, rule):
        kind = event.get("event")
        if rule["event"] is not None and kind != rule["event"]:
            return False
        return all(self.holds(event, predicate) for predicate in rule["where"])

    def holds(self, event, predicate):
        try:
            return bool(self.rules.test(event, predicate))
        except (TypeError, AttributeError):
            return False


class Draw:
    """Rules and events of one round."""

    def __init__(self, reference, seed):
        self.random = random.Random(seed)
        self.rules = reference.rules
        self.paths = list(self.rules.FIELDS) + MORE_PATHS
        self.paths.remove("event")
        # A round has few paths, so that rules and events meet on them.
        self.some = self.random.sample(self.paths, 12)
        self.types = self.random.sample(self.rules.gen.TYPES, 4)

    def constant(self):
        kind = self.random.random()
        if kind < 0.5:
            return self.random.choice(TEXTS)
        if kind < 0.9:
            return self.number()
        return self.random.random() < 0.5

    def number(self):
        text = self.random.choice(NUMBERS)
        number = whole(text) if text.lstrip("-").isdigit() else None
        return float(text) if number is None else number

    def edge(self):
        """A predicate of the edges."""
        choice = self.random.choice
        test = choice(TESTS)
        predicate = {"f": choice(self.some), "op": test}
        if test == "==":
            predicate["v"] = self.constant()
        elif test == "in":
            predicate["v"] = [self.constant() for _ in range(self.random.randint(1, 5))]
        elif test == "has":
            predicate["v"] = self.constant()
        elif test in ("prefix", "contains"):
            predicate["v"] = choice(TEXTS[1:])
        elif test == "regex":
            predicate["v"] = choice(PATTERNS)
        elif test != "exists":
            predicate["v"] = self.number()
        return predicate

    def rule(self, number):
        kind = self.random.choice(self.types) if self.random.random() < 0.6 else None
        where = {}
        for _ in range(self.random.choice([1, 1, 1, 2, 2, 3])):
            drawn = self.random.random()
            if drawn < 0.5:
                predicate = self.edge()
            elif drawn < 0.75:
                predicate = self.rules.W(self.random, 0.5)
            else:
                predicate = self.rules.K(self.random.choice(KINDS), self.random)
            where.setdefault(predicate["f"], predicate)
        action = {"action": "set_field", "key": "campo", "value": "x"}
        return {
            "id": f"r{number:05d}", "event": kind, "where": list(where.values()),
            "actions": [action]}

    def events(self, rules):
        """Lines, with ids of their own."""
        self.constants = [each["v"] for rule in rules for each in rule["where"] if "v" in each]
        for number in range(EVENTS):
            yield f"e{number}", self.line(f"e{number}")

    def line(self, name):
        gen, choice = self.rules.gen, self.random.choice
        kind = choice(self.types)
        store = f"loja-{self.random.randrange(2000):04d}"
        event = {"id": name, "event": kind, "store": store, "attempt": 1}
        event["customer"] = gen.customer(self.random.randrange(10_000), 1)
        event.update(gen.body(kind.split(".")[0], self.random.random))
        if self.random.random() < 0.1:
            event["event"] = choice([None, 7, "", "other", [kind]])
        for path in self.some:
            if self.random.random() < 0.6:
                self.put(event, path.split("."))
        return Writer(self.random).text(event)

    def put(self, event, path):
        """Some value where a path leads, or on the way to it."""
        if self.random.random() < 0.05:
            path = path[: self.random.randint(1, len(path))]
        for key in path[:-1]:
            if not isinstance(event.get(key), dict):
                event[key] = {}
            event = event[key]
        event[path[-1]] = self.value(2)

    def value(self, depth):
        kind = self.random.random()
        if kind < 0.35:
            value = self.random.choice(self.constants)
            if isinstance(value, str):
                # The constant as the whole, the beginning, the end or a part of a text.
                before = self.random.choice(["", "", "x", "a", "\n"])
                value = before + value + self.random.choice(["", "", " ", "a", "é"])
            return value
        if kind < 0.5:
            return self.random.choice(TEXTS + NO_LETTERS)
        if kind < 0.7:
            return Spelled(self.random.choice(NUMBERS if kind < 0.69 else UNREPRESENTABLE))
        if kind < 0.78:
            return self.random.choice([True, False, None])
        if depth == 0 or kind < 0.8:
            return self.random.choice([[], {}])
        if kind < 0.93:
            return [self.value(depth - 1) for _ in range(self.random.randint(0, 4))]
        keys = self.random.sample(["a", "k", "z", "é"], self.random.randint(0, 3))
        return {key: self.value(depth - 1) for key in keys}


class Spelled(str):
    """A number as it is written."""


class Writer:
    """JSON in many spellings."""

    def __init__(self, source):
        self.random = source
        self.escapes = source.choice([0, 0, 0.1, 0.9])
        self.blanks = source.choice(["", "", " ", " \t"])

    def text(self, value):
        if isinstance(value, Spelled):
            return str(value)
        if isinstance(value, str):
            return '"' + "".join(map(self.letter, value)) + '"'
        if isinstance(value, dict):
            items = [self.member(key, item) for key, item in value.items()]
            if items and self.random.random() < 0.05:
                # Of equal keys the last counts.
                first = self.random.choice(list(value))
                items.insert(0, self.member(first, self.random.choice([1, "a", {}])))
            return self.enclosed("{", items, "}")
        if isinstance(value, list):
            return self.enclosed("[", map(self.text, value), "]")
        return json.dumps(value)

    def member(self, key, value):
        return f"{self.text(key)}{self.blanks}:{self.blanks}{self.text(value)}"

    def enclosed(self, start, items, end):
        return start + self.blanks + ("," + self.blanks).join(items) + self.blanks + end

    def letter(self, letter):
        if letter == "/" and self.random.random() < 0.2:
            return "\\/"
        if letter >= " " and letter not in '"\\' and self.random.random() >= self.escapes:
            return letter
        if letter in '"\\' and self.random.random() < 0.5:
            return "\\" + letter
        return "".join(
            f"\\u{int.from_bytes(unit, 'big'):04{self.random.choice('xX')}}"
            for unit in pairs(letter.encode("utf-16-be")))


def pairs(units):
    return [units[start : start + 2] for start in range(0, len(units), 2)]


def fired(regra, folder, rules, lines):
    """Pairs that Regra fires."""
    source, target = folder / "rules.json", folder / "rules.yaml"
    source.write_text(json.dumps(rules, ensure_ascii=False), encoding="utf-8")
    subprocess.run(
        [sys.executable, ROOT / "Benchmarks/translate.py", source, str(len(rules)), target,
         "--contact", "ext:${event.id}"], check=True, stderr=subprocess.DEVNULL)
    events, trace, summary = folder / "events.ndjson", folder / "firings", folder / "summary.json"
    events.write_text("".join(line + "\n" for _, line in lines), encoding="utf-8")
    done = subprocess.run(
        [regra, "run", target, events, "--quiet", "--no-progress", "--trace", f"firings={trace}",
         "--summary", summary],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode not in (0, 5):
        sys.exit(f"agree.py: exit code {done.returncode}\n{done.stderr[:4000]}")
    bad = json.loads(summary.read_text(encoding="utf-8"))["bad_lines"]
    if bad["count"]:
        sys.exit(f"agree.py: lines that Regra cannot read: {bad['first'][:3]}")
    return Counter(trace.read_text(encoding="utf-8").splitlines())


def round_of(reference, regra, folder, seed):
    """Rules, events and the differences of a round."""
    draw = Draw(reference, seed)
    rules = [draw.rule(number) for number in range(RULES)]
    lines = list(draw.events(rules))
    found = fired(regra, folder, rules, lines)
    prepared = [reference.prepare(rule) for rule in rules]
    count, differences = 0, []
    for name, line in lines:
        event = wrapped(json.loads(line, parse_int=whole, parse_float=decimal))
        for plain, rule in zip(rules, prepared):
            expected = reference.fires(event, rule)
            count += expected
            if found.pop(f"{rule['id']} {name}", 0) != int(expected):
                differences.append((expected, plain, line))
    if found:
        sys.exit(f"agree.py: firings of nothing that was asked: {list(found)[:3]}")
    return count, differences


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--regra", type=pathlib.Path, default=ROOT / ".build/release/regra")
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT / "../shared/bench")
    given = parser.parse_args()
    reference = Reference(given.shared.resolve())
    rounds = math.ceil(given.pairs / (RULES * EVENTS))
    count, differences = 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for seed in range(given.seed, given.seed + rounds):
            firings, found = round_of(reference, given.regra.resolve(), pathlib.Path(folder), seed)
            count += firings
            differences += len(found)
            for expected, rule, line in found[:1]:
                print(f"seed {seed}: only {'the reference' if expected else 'Regra'} fires "
                      f"{json.dumps(rule, ensure_ascii=False)}\n  for {line}")
    print(f"{rounds * RULES * EVENTS:,} pairs, {count:,} firings, {differences:,} different")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
