"""Rounds in which every tool runs once, so that what a machine does meanwhile befalls all alike."""

import hashlib
import os
import pathlib
import statistics
import subprocess
import time
from dataclasses import dataclass, field

from measure import busy, timed
from sidebyside.workplace import say

MEGABYTE = 1_000_000


@dataclass
class Result:
    """The runs of one tool."""

    tool: object
    byte_count: int
    starts: list = field(default_factory=list)
    """Seconds on an empty file."""
    start_cpu: list = field(default_factory=list)
    runs: list = field(default_factory=list)
    anonymous: float = 0.0
    """The largest RssAnon in the warm-up, in MB."""
    digest: str = ""
    """Of the output of the warm-up, where it is Regra's."""

    @property
    def start(self):
        return statistics.median(self.starts)

    @property
    def seconds(self):
        """Of each round, without start-up; never less than a twentieth of the whole."""
        return [max(run.wall - self.start, run.wall / 20) for run in self.runs]

    @property
    def rates(self):
        """Events a second, round by round."""
        return [self.tool.events / seconds for seconds in self.seconds]

    @property
    def rate(self):
        return statistics.median(self.rates)

    @property
    def cpu(self):
        """Microseconds of processor an event, without start-up."""
        whole = statistics.median(run.cpu for run in self.runs)
        return max(whole - statistics.median(self.start_cpu), whole / 20) / self.tool.events * 1e6

    @property
    def spread(self):
        return (max(self.seconds) - min(self.seconds)) / statistics.median(self.seconds)

    @property
    def others(self):
        return statistics.median(run.others for run in self.runs)

    @property
    def peak(self):
        return max(run.peak for run in self.runs)

    @property
    def throughput(self):
        return self.rate * self.byte_count / self.tool.events / MEGABYTE


class Machine:
    """Waits for a better moment, within reason."""

    def __init__(self, patience, pause_file):
        self.patience = patience
        self.pause_file = pause_file

    def wait(self):
        while self.pause_file and os.path.exists(self.pause_file):
            time.sleep(1)
        end = time.monotonic() + self.patience
        while time.monotonic() < end:
            before = busy()
            time.sleep(0.25)
            if busy() - before < 0.08 * os.cpu_count():
                return


def scratch_file():
    """The one place of every output: in memory where the system has such a folder."""
    folder = pathlib.Path("/dev/shm")
    return (folder if folder.is_dir() else pathlib.Path("/tmp")) / f"peers-{os.getpid()}"


def once(tool, events, place, output, watches=False):
    output.unlink(missing_ok=True)
    command = tool.command(events, output)
    kept = os.devnull if tool.writes else output
    return timed(command, kept, folder=place.folder, watches=watches)


def measure(tools, place, round_count, machine):
    """Warms up, then runs the rounds. A tool that fails is named and left out."""
    output = scratch_file()
    results = []
    try:
        for tool in tools:
            events = place.first(tool.events)
            machine.wait()
            is_regra = tool.name.startswith("regra")
            took = once(tool, events, place, output, watches=is_regra)
            if took.code not in (0, 5):
                say(f"{tool.name} with {tool.rules} rules fails (exit code {took.code}): left out")
                continue
            result = Result(tool, events.stat().st_size, anonymous=took.anonymous)
            if is_regra:
                with open(output, "rb") as file:
                    result.digest = hashlib.file_digest(file, "sha256").hexdigest()
            say(f"warm-up: {tool.name}, {tool.rules} rules: {took.wall:.2f} s")
            results.append(result)
        for number in range(round_count):
            for result in results:
                machine.wait()
                if number < 3:
                    start = once(result.tool, place.empty, place, output)
                    result.starts.append(start.wall)
                    result.start_cpu.append(start.cpu)
                result.runs.append(
                    once(result.tool, place.first(result.tool.events), place, output))
            say(f"round {number + 1} of {round_count} is done")
    finally:
        output.unlink(missing_ok=True)
    return {result.tool.key: result for result in results}


def first_call(command, folder, times=9):
    """Milliseconds from before a command's start to the first byte that it prints; their median."""
    took = []
    for _ in range(times):
        start = time.perf_counter()
        with subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            cwd=folder,
        ) as child:
            os.read(child.stdout.fileno(), 1)
            took.append((time.perf_counter() - start) * 1000)
            child.stdout.read()
    return statistics.median(took)
