"""What is run side by side, and how each of them is called."""

from dataclasses import dataclass

from sidebyside.workplace import COMPILED_AT_MOST

PINNED = ["taskset", "-c", "0"]
"""One thread is one core: Regra reads on a thread of its own even with one worker."""
WINDOW = "100000"

# Events of the runs of what is too slow for all of them; engines that read in batches get a
# large share, as they have a cost per rule that an empty file does not show.
PYTHON = {10: 200_000, 100: 200_000, 1_000: 100_000, 10_000: 20_000}
BATCHES = {
    "duckdb-onepass": {10: 1_000_000, 100: 1_000_000, 1_000: 200_000},
    "duckdb-case": {10: 1_000_000, 100: 1_000_000, 1_000: 1_000_000, 10_000: 200_000},
    "duckdb-tables": {10: 1_000_000, 100: 1_000_000, 1_000: 1_000_000, 10_000: 1_000_000},
    "chdb-onepass": {10: 1_000_000, 100: 1_000_000},
    "chdb-case": {10: 1_000_000, 100: 1_000_000},
    "chdb-tables": {10: 1_000_000, 100: 1_000_000, 1_000: 1_000_000},
    "polars": {10: 1_000_000, 100: 1_000_000, 1_000: 1_000_000, 10_000: 1_000_000},
}
# What came within two thirds of the fastest alternative of its row in a run of all; `--all` runs
# the others too.
CONTENDERS = {
    "duckdb-onepass": (10, 100), "duckdb-case": (10, 100, 1_000),
    "duckdb-tables": (1_000, 10_000), "chdb-tables": (1_000,), "polars": (1_000, 10_000),
    "python-orjson": (10, 100, 1_000, 10_000),
}


@dataclass(frozen=True)
class Tool:
    """One command for one number of rules."""

    name: str
    rules: int
    threads: int
    """Cores that it may use."""
    command: object
    """From events and output to the words of the command."""
    events: int
    writes: bool = False
    """Whether it writes the output itself, instead of to standard output."""
    is_alternative: bool = False

    @property
    def key(self):
        return self.name, self.rules


def regra(place, program, rules, workers, variant="", flag=None):
    """Regra as a user would run it, with a window of 100,000 events; with other rules, or a flag more."""
    base = [
        str(program), "run", str(place.rules(rules, variant)), None, "--window", WINDOW,
        "--workers", str(workers), "--quiet", "--no-progress", *([flag] if flag else [])]
    prefix = PINNED if workers == 1 else []
    name = flag.removeprefix("-") if flag else variant
    return Tool(
        f"regra{name}-{workers}t", rules, workers,
        lambda events, _: prefix + [str(events) if word is None else word for word in base],
        place.event_count)


def compiled(place, name, program, arguments, rules, threads):
    """A C++ program, on so many threads."""
    words = [str(place.made / program), *arguments]
    prefix, more = (PINNED, []) if threads == 1 else ([], [str(threads)])
    return Tool(
        f"{name}-{threads}t", rules, threads,
        lambda events, _: prefix + words + [str(events)] + more, place.event_count)


def batch(place, name, rules, share):
    """An engine that reads a file whole, through its runner."""
    engine, _, mode = name.partition("-")
    runner, made = {
        "duckdb": ("duck.py", f"duck_{rules}.json"),
        "chdb": ("chdbrun.py", f"chdb_{rules}.json"),
        "polars": ("pol.py", f"neutral_{rules}.json"),
    }[engine]
    return Tool(
        name, rules, 2,
        lambda events, output: [
            str(place.python), f"run/{runner}", f"gen_out/{made}", str(events), str(output),
            *([mode] if mode else [])],
        min(share, place.event_count), writes=True, is_alternative=True)


def python(place, rules):
    """The rules as a Python program, with orjson."""
    return Tool(
        "python-orjson", rules, 1,
        lambda events, _: [str(place.python), f"gen_out/py_{rules}.py", str(events)],
        min(PYTHON[rules], place.event_count), is_alternative=True)


def all_tools(place, program, figures, versions, runs_all):
    """Everything that can be run here, in the order of a round."""
    tools = []
    if (place.made / "raw").exists():
        tools += [compiled(place, "simdjson-parse", "raw", ["dom"], 0, n) for n in (1, 2)]
    for count in place.rule_counts:
        tools += [regra(place, program, count, workers) for workers in (1, 2)]
        name = f"limit_{count}"
        if count <= COMPILED_AT_MOST and (place.made / name).exists():
            tools += [compiled(place, "cpp-simdjson", name, [], count, n) for n in (1, 2)]
        if count == 100:
            tools.append(regra(place, program, count, 1, "-phone"))
            tools.append(regra(place, program, count, 1, flag="--profile"))
            if figures.exists():
                tools.append(parse_and_evaluate(place, figures, count))
        for each, shares in BATCHES.items():
            is_chosen = runs_all or count in CONTENDERS.get(each, ())
            if is_chosen and count in shares and each.partition("-")[0] in versions:
                tools.append(batch(place, each, count, shares[count]))
        if count in PYTHON and "orjson" in versions:
            tools.append(python(place, count))
    return tools


def parse_and_evaluate(place, figures, rules):
    """Regra from bytes to logged mutations and no further."""
    return Tool(
        "regra-evaluate-1t", rules, 1,
        lambda events, _: PINNED
        + [str(figures), "evaluate", str(place.rules(rules)), str(events)],
        place.event_count)
