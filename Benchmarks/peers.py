#!/usr/bin/env python3
"""Runs Regra beside the alternatives that are installed, and says how far each is from what is asked.

    Benchmarks/peers.py --set-up         # once: Debian packages and a virtual environment
    Benchmarks/peers.py                  # a million events, all rules; takes a quarter of an hour
    Benchmarks/peers.py --rules 100 --only regra,cpp --rounds 3

Generator, rules, their translations and the C++ program come from ../shared/bench (`--shared`). All
tools run in turn, round by round, after a warm-up; a ratio is taken within each round, and the median
of the rounds counts. Rates leave out what a run takes on an empty file. Before anything is measured,
firings are held against a reference evaluator. A full run writes its tables into Benchmarks/RESULTS.md.
"""

import argparse
import pathlib
import subprocess
import sys

sys.dont_write_bytecode = True

from sidebyside import checks, report  # noqa: E402
from sidebyside.rounds import Machine, first_call, measure  # noqa: E402
from sidebyside.tools import all_tools  # noqa: E402
from sidebyside.workplace import FIRST_COUNT, ROOT, Workplace, machine_facts, say  # noqa: E402

RESULTS = ROOT / "Benchmarks/RESULTS.md"
VALUES = ROOT / "Benchmarks/peers.tsv"
BEGIN, END = "<!-- peers.py writes from here -->", "<!-- to here -->"
ALL_RULES = [10, 100, 1_000, 10_000]
ALL_EVENTS = 1_000_000
ALL_ROUNDS = 5


def arguments():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--set-up", action="store_true", help="install what lacks, and end")
    parser.add_argument("--events", type=int, default=ALL_EVENTS)
    parser.add_argument(
        "--rules", default=",".join(map(str, ALL_RULES)), help="of 10,100,1000,10000")
    parser.add_argument("--rounds", type=int, default=ALL_ROUNDS)
    parser.add_argument("--only", default="", help="beginnings of names, such as regra,cpp,duckdb")
    parser.add_argument(
        "--all", action="store_true", help="alternatives that are known to be slower, too")
    parser.add_argument("--regra", type=pathlib.Path, help="a release build; else one is built")
    parser.add_argument(
        "--figures", type=pathlib.Path, help="the engine-figures beside it; else it is built")
    parser.add_argument("--shared", type=pathlib.Path, default=ROOT / "../shared/bench")
    parser.add_argument("--work", type=pathlib.Path, default=ROOT / ".build-benchmarks")
    parser.add_argument(
        "--patience", type=float, default=3, help="seconds to wait for an idle machine before a run")
    parser.add_argument("--pause-file", help="nothing is started while it exists")
    parser.add_argument("--no-results", action="store_true", help="print only")
    given = parser.parse_args()
    given.counts = [int(count) for count in given.rules.split(",")]
    if not set(given.counts) <= set(ALL_RULES):
        parser.error("--rules are of 10, 100, 1000 and 10000")
    return given


def built(product):
    """The path of a release build, made now."""
    say(f"building {product}")
    subprocess.run(
        ["swift", "build", "-c", "release", "--product", product], cwd=ROOT, check=True,
        stdin=subprocess.DEVNULL, stdout=sys.stderr)
    return ROOT / ".build/release" / product


def keep(text, results):
    """Puts the tables between their marks, and the numbers beside them."""
    page = RESULTS.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    RESULTS.write_text(f"{before}{BEGIN}\n\n{text}\n{END}{after}", encoding="utf-8")
    VALUES.write_text("\n".join(report.values(results)) + "\n", encoding="utf-8")
    say(f"written to {RESULTS.relative_to(ROOT)} and {VALUES.relative_to(ROOT)}")


def main():
    given = arguments()
    place = Workplace(
        given.work.resolve(), given.shared.resolve(), given.events, given.counts)
    if given.set_up:
        place.set_up()
        return
    regra = (given.regra or built("regra")).resolve()
    figures = (given.figures or built("engine-figures")).resolve()
    place.prepare()
    versions = place.package_versions()
    tools = [
        tool for tool in all_tools(place, regra, figures, versions, given.all)
        if not given.only or tool.name.startswith(tuple(given.only.split(",")))]
    facts = machine_facts(versions, regra)
    machine = Machine(given.patience, given.pause_file)

    machine.wait()
    say("holding firings against the reference")
    agreement = [
        f"{checks.firings(place, regra, count)}, each as the reference has it"
        for count in given.counts]
    agreement += checks.hits(place, tools)
    results = measure(tools, place, given.rounds, machine)
    agreement += checks.same_calls(results, given.counts)
    first = {
        count: first_call(
            [regra, "run", place.rules(count), place.first(FIRST_COUNT), "--quiet", "--no-progress"],
            place.folder)
        for count in given.counts}
    text = "\n".join(
        report.written(
            results, given.counts, first, facts, agreement, place.lacking)) + "\n"
    print(text, end="", flush=True)
    is_full = (
        not given.only and given.events == ALL_EVENTS and given.counts == ALL_RULES
        and given.rounds >= ALL_ROUNDS)
    if given.no_results:
        return
    if is_full:
        keep(text, results)
    else:
        say("RESULTS.md is written by full runs only")


if __name__ == "__main__":
    main()
