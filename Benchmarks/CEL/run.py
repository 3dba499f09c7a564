#!/usr/bin/env python3
"""Nanoseconds per evaluation, Regra's CEL beside CEL packages of PyPI, interleaved in one run.

usage: Benchmarks/CEL/run.py [PASSES]      default: 3 passes

SHARED names the folder with cel/bench_rules.json (default ../shared/bench). The packages go into a
virtual environment in .build-benchmarks. Of each rule the fastest pass counts: machines are shared.
The packages' times hold the call from Python, about a microsecond.
"""

import json
import math
import os
import pathlib
import subprocess
import sys
import time
import venv

ROOT = pathlib.Path(__file__).resolve().parents[2]
WORK = ROOT / ".build-benchmarks"
PEERS = {"common-expression-language": "rust", "cel-expr-python": "cpp"}
AIMS = {"nested_eq": 30, "rule_and5": 120, "matches": 130, "exists5": 150, "filter_size": 150}


def fastest(call, target=0.01, runs=7):
    count, best = 1, math.inf
    while runs > 0:
        start = time.perf_counter()
        for _ in range(count):
            call()
        elapsed = time.perf_counter() - start
        if elapsed < target / 2:
            count *= 2
            continue
        best = min(best, elapsed / count * 1e9)
        runs -= 1
    return best


def peer_calls(peer, cases):
    """A call without arguments for each rule, compiled before."""
    event = cases["event"]
    if peer == "rust":
        import cel

        context = cel.Context()
        context.add_variable("event", event)
        compile_rule = lambda text: (lambda program=cel.compile(text): program.execute(context))
    else:
        from cel_expr_python import cel

        environment = cel.NewEnv(variables={"event": cel.Type.DYN})
        activation = environment.Activation({"event": event})
        compile_rule = lambda text: (
            lambda program=environment.compile(text): program.eval(activation)
        )
    for rule in cases["rules"]:
        call = compile_rule(rule["expr"])
        value = call()
        value = value.value() if hasattr(value, "value") else value
        assert value == rule["want"], (peer, rule)
        yield rule["name"], call


def measure_peer(peer, path):
    cases = json.loads(pathlib.Path(path).read_text(encoding="utf-8"))
    print(json.dumps({name: fastest(call) for name, call in peer_calls(peer, cases)}))


def environment_of_peers():
    python = WORK / "cel-venv/bin/python"
    if not python.exists():
        print("making a virtual environment with the packages", file=sys.stderr)
        venv.create(WORK / "cel-venv", with_pip=True)
    have = subprocess.run([python, "-m", "pip", "freeze"], capture_output=True, text=True).stdout
    missing = [name for name in PEERS if name not in have]
    if missing:
        subprocess.run([python, "-m", "pip", "install", "-q", *missing], check=True)
    return python


def output(command):
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def mean(times, names):
    return math.exp(sum(math.log(times[name]) for name in names) / len(names))


def main():
    if sys.argv[1:2] == ["--peer"]:
        measure_peer(*sys.argv[2:4])
        return
    passes = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    shared = pathlib.Path(os.environ.get("SHARED", ROOT.parent / "shared/bench"))
    rules = shared / "cel/bench_rules.json"
    cases = json.loads(rules.read_text(encoding="utf-8"))
    WORK.mkdir(exist_ok=True)
    event = WORK / "cel-event.json"
    event.write_text(json.dumps(cases["event"], separators=(",", ":")), encoding="utf-8")
    package = pathlib.Path(__file__).parent
    built = WORK / "cel"
    subprocess.run(
        ["swift", "build", "-c", "release", "--package-path", package, "--scratch-path", built],
        check=True, stdin=subprocess.DEVNULL, stdout=sys.stderr,
    )
    regra = built / "release/CELBenchmark"
    python = environment_of_peers()

    best = {}
    for _ in range(passes):
        report = output([regra, rules, event, "1"])
        runs = {"regra": report["ns"]}
        for peer in PEERS.values():
            runs[peer] = output([python, __file__, "--peer", peer, rules])
        for who, times in runs.items():
            for name, time_taken in times.items():
                key = (who, name)
                best[key] = min(time_taken, best.get(key, math.inf))

    names = [rule["name"] for rule in cases["rules"] if rule["name"] != "baseline_true"]
    print("| rule | regra ns | aim | cel-rust ns | cel-cpp ns | faster of the two / regra |")
    print("|--|--:|--:|--:|--:|--:|")
    for name in ["baseline_true", *names]:
        ours, rust, cpp = (best[who, name] for who in ("regra", "rust", "cpp"))
        aim = AIMS.get(name, "")
        print(f"| {name} | {ours:.0f} | {aim} | {rust:,.0f} | {cpp:,.0f} | {min(rust, cpp) / ours:.0f} × |")
    means = {
        who: mean({name: best[who, name] for name in names}, names)
        for who in ("regra", "rust", "cpp")
    }
    ratio = min(means["rust"], means["cpp"]) / means["regra"]
    print(
        f"| geometric mean of {len(names)} | {means['regra']:.0f} | 60 "
        f"| {means['rust']:,.0f} | {means['cpp']:,.0f} | {ratio:.0f} × (asked 20 ×) |"
    )
    print(f"| bind {report['bytes']} bytes and evaluate | {best['regra', 'bind_and_evaluate']:.0f} | 600 | | | |")


main()
