#!/usr/bin/env python3
"""Pipes a long stream of events through `regra run --to` and watches memory and disk.

    Benchmarks/soak.py [EVENTS] [CONTACTS] [ids]

The server is a simulator without quotas. Prints a row for each tenth of the stream and ends with 1
where the memory in use grows by more than five bytes an event over the second half: caches are full
by then, and whatever is kept for an event takes more. With `ids` events have them, and the last ten
million are remembered: about thirty bytes each.
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time

from measure import anonymous

ROOT = pathlib.Path(__file__).resolve().parent.parent
RULES = """\
version: 1
contact: {urn: "ext:${event.person}", missing: create}
rules:
  - id: seen
    do:
      - set_fields: {last_seen: "${event.at}"}
  - id: paid
    when: order.paid
    do:
      - set_name: ${event.name}
      - add_to_group: Clientes
"""


def weight(folder):
    """Megabytes that files take."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() else 0
        except FileNotFoundError:
            pass
    return total / 1e6


def prepare(regra, address, folder, environment, has_ids):
    """Makes the field and the group that the rules write to, and what is known of them."""
    (folder / "rules.yaml").write_text(
        RULES + ("events: {id: event.id}\n" if has_ids else "")
        + "ensure: {fields: {last_seen: {label: Last seen, type: text}}, groups: [Clientes]}\n")
    for command in (["pull"], ["provision", folder / "rules.yaml", "--yes"]):
        subprocess.run(
            [regra, *command, "--url", address, "--state", folder / "state"], check=True,
            env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def feed(pipe, count, contacts, done):
    step = 1000
    for first in range(0, count, step):
        lines = [
            json.dumps(
                {
                    "type": "order.paid" if number % 7 == 0 else "page.seen",
                    "id": f"e{number}", "person": f"p{number * 7919 % contacts}",
                    "name": f"Ana {number % 97}", "at": f"visit {number}",
                })
            for number in range(first, min(first + step, count))
        ]
        pipe.write(("\n".join(lines) + "\n").encode())
        done[0] = first + len(lines)
    pipe.close()


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000_000
    contacts = int(sys.argv[2]) if len(sys.argv) > 2 else 500
    subprocess.run(
        ["swift", "build", "-c", "release", "--product", "regra"], cwd=ROOT, check=True,
        stdout=sys.stderr)
    regra = ROOT / ".build/release/regra"
    environment = dict(os.environ, REGRA_TOKEN="soak")
    server = subprocess.Popen(
        [regra, "simulate", "--port", "0", "--no-quotas", "--token", "soak"],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    rows = []
    try:
        with tempfile.TemporaryDirectory() as name:
            folder = pathlib.Path(name)
            address = server.stdout.readline().strip()
            prepare(regra, address, folder, environment, "ids" in sys.argv)
            run = subprocess.Popen(
                [regra, "run", folder / "rules.yaml", "--to", address, "--quota", "none",
                 "--window", "2s", "--state", folder / "state", "--quiet"],
                stdin=subprocess.PIPE, env=environment)
            done = [0]
            feeder = threading.Thread(target=feed, args=(run.stdin, count, contacts, done))
            start = time.monotonic()
            feeder.start()
            print("| events | s | events/s | RssAnon MB | state MB |\n|--:|--:|--:|--:|--:|", flush=True)
            for tenth in range(1, 11):
                while done[0] < count * tenth // 10 and run.poll() is None:
                    time.sleep(0.05)
                if run.poll() is not None:
                    break
                seconds = time.monotonic() - start
                rows.append(anonymous(run.pid))
                print(
                    f"| {done[0]:,} | {seconds:.0f} | {done[0] / seconds:,.0f} | {rows[-1]:.0f} "
                    f"| {weight(folder / 'state'):.0f} |", flush=True)
            feeder.join()
            status = run.wait()
            print(f"exit code {status}, {time.monotonic() - start:.0f} s in all", flush=True)
    finally:
        server.terminate()
        server.wait()
    grows = len(rows) < 10 or (rows[-1] - rows[4]) * 1e6 > 5 * count / 2
    if grows:
        print("the memory grows", file=sys.stderr)
    sys.exit(1 if grows or status != 0 else 0)


main()
