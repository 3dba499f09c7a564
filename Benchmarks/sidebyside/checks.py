"""Whether all that is measured does the same."""

import subprocess
import sys

from sidebyside.rounds import once, scratch_file
from sidebyside.workplace import BENCHMARKS, HEAD_COUNT, say


def firings(place, regra, count):
    """Regra's firings beside the reference evaluator's; the first line of the comparison."""
    events = place.first(HEAD_COUNT)
    trace, summary = place.folder / f"firings-{count}", place.folder / f"summary-{count}.json"
    done = subprocess.run(
        [regra, "run", place.rules(count), events, "--quiet", "--no-progress", "--summary", summary,
         "--trace", f"firings={trace}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode not in (0, 5):
        sys.exit(f"peers.py: {done.stderr}")
    compared = subprocess.run(
        [sys.executable, BENCHMARKS / "compare.py", "rules.json", str(count), events, trace, summary],
        cwd=place.folder, capture_output=True, text=True, check=False)
    if compared.returncode != 0:
        sys.exit(f"peers.py: firings of {count} rules differ\n{compared.stdout}{compared.stderr}")
    return compared.stdout.partition("\n")[0]


def hits(place, tools):
    """Whether the other tools' actions are the reference's, as sentences; none where none was asked."""
    output = scratch_file()
    reference, sentences, agreeing = {}, [], []
    try:
        for tool in tools:
            if tool.name.startswith(("regra", "simdjson")):
                continue
            events = place.first(HEAD_COUNT)
            if tool.rules not in reference:
                reference[tool.rules] = counted(
                    place, "--ref", "rules.json", str(tool.rules), events)
            took = once(tool, events, place, output)
            if took.code != 0:
                sentences.append(f"{tool.name} fails with {tool.rules} rules")
                continue
            found, expected = counted(place, output), reference[tool.rules]
            if found != expected:
                sentences.append(
                    f"{tool.name} differs with {tool.rules} rules: {found[0]} actions, "
                    f"the reference {expected[0]}")
            elif tool.name not in agreeing:
                agreeing.append(tool.name)
    finally:
        output.unlink(missing_ok=True)
    for sentence in sentences:
        say(sentence)
    if agreeing and not sentences:
        sentences.append(f"the reference's actions: {', '.join(agreeing)}")
    return sentences


def counted(place, *arguments):
    """The number of actions and a hash of them in any order."""
    done = subprocess.run(
        [sys.executable, "check.py", *map(str, arguments)], cwd=place.folder, capture_output=True,
        text=True, check=True)
    return done.stdout.split()[:2]


def same_calls(results, counts):
    """The rulesets of which one worker and two print the same; ends where they do not."""
    compared = []
    for count in counts:
        pair = [results.get((f"regra-{workers}t", count)) for workers in (1, 2)]
        if not all(pair):
            continue
        if pair[0].digest != pair[1].digest:
            sys.exit(f"peers.py: calls of {count} rules differ between one worker and two")
        compared.append(f"{count:,}")
    if not compared:
        return []
    return [f"calls of {', '.join(compared)} rules: the same bytes with one worker and with two"]
