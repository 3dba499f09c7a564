#!/usr/bin/env python3
"""What grows with the number of events, of contacts and of groups: rate and memory of `regra run`.

    Benchmarks/growth.py [--regra PATH] [--scale 1]

Events come through standard input, windows have 100,000 but where they grow themselves, nothing is known
of contacts, calls go to /dev/null. Each row is a run of its own. Memory is RssAnon, looked at every ten
milliseconds; the rate includes what making the events takes here, so it is only a lower bound. Writes
Benchmarks/growth.tsv, which Benchmarks/plots.py puts into docs/performance.md.
"""

import argparse
import pathlib
import subprocess
import sys
import tempfile
import time

from measure import anonymous

ROOT = pathlib.Path(__file__).resolve().parent.parent
VALUES = ROOT / "Benchmarks/growth.tsv"
HEAD = """\
version: 1
events: {type: event.type IDS}
contact: {urn: "ext:${event.who}", missing: create}
rules:
  - id: seen
    when: order.paid
    do:
      - set_fields: {last_store: "${event.store}"}
      - add_to_group: Shop ${event.group}
"""
MILLION = 1_000_000
WINDOW = 100_000
# What grows, and by how much: events, contacts, groups, and whether events have ids that are told.
ROWS = (
    [("events", count, (count, 100_000, 100, False)) for count in (MILLION, 2 * MILLION, 4 * MILLION)]
    + [("events with ids", count, (count, 100_000, 100, True))
       for count in (MILLION, 2 * MILLION, 4 * MILLION, 12 * MILLION, 24 * MILLION)]
    + [("contacts", count, (10 * MILLION, count, 100, False))
       for count in (100_000, MILLION, 10 * MILLION)]
    + [("contacts of one window", count, (count, count, 100, False))
       for count in (100_000, 300_000, MILLION)]
    + [("groups", count, (MILLION, 100_000, count, False)) for count in (10, 1_000, 100_000)]
)


def lines(first, last, contacts, groups):
    """Some events, each about 110 bytes; a multiplier without a common factor scatters the contacts."""
    return "".join(
        f'{{"type":"order.paid","id":"e{number}","who":"c{number * 7919 % contacts}",'
        f'"store":"loja-{number % 200:04d}","group":"{number * 31 % groups}",'
        '"text":"pedido pago, obrigado"}\n'
        for number in range(first, last)).encode()


def measure(regra, window, count, contacts, groups, has_ids):
    """Events a second and the largest RssAnon in MB."""
    step = 20_000
    with tempfile.TemporaryDirectory() as folder:
        rules = pathlib.Path(folder) / "rules.yaml"
        rules.write_text(HEAD.replace(" IDS", ", id: event.id" if has_ids else ""))
        run = subprocess.Popen(
            [regra, "run", rules, "--window", str(window), "--quiet", "--no-progress"],
            stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
        start, largest = time.monotonic(), 0.0
        for first in range(0, count, step):
            run.stdin.write(lines(first, min(first + step, count), contacts, groups))
            largest = max(largest, anonymous(run.pid))
        run.stdin.close()
        while run.poll() is None:
            largest = max(largest, anonymous(run.pid))
            time.sleep(0.01)
        if run.returncode not in (0, 5):
            sys.exit(f"growth.py: exit code {run.returncode}")
        return count / (time.monotonic() - start), largest


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regra", default=ROOT / ".build/release/regra")
    parser.add_argument("--scale", type=float, default=1, help="a part of all numbers; writes no file")
    given = parser.parse_args()
    table = ["what\tcount\tevents\trss_anon_mb"]
    print("| what grows | to | events | events/s, at least | RssAnon MB |\n|--|--:|--:|--:|--:|")
    for name, number, (count, contacts, groups, has_ids) in ROWS:
        sizes = [max(1, int(size * given.scale)) for size in (count, contacts, groups)]
        window = sizes[0] if name == "contacts of one window" else WINDOW
        rate, memory = measure(given.regra, window, *sizes, has_ids)
        grown = max(1, int(number * given.scale))
        print(
            f"| {name} | {grown:,} | {sizes[0]:,} | {rate:,.0f} | {memory:.0f} |", flush=True)
        table.append(f"{name}\t{number}\t{sizes[0]}\t{memory:.0f}")
    if given.scale == 1:
        VALUES.write_text("\n".join(table) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
