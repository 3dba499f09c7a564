#!/usr/bin/env python3
"""Runs a command and prints one row: title, wall, CPU, peak memory, and events a second.

usage: measure.py TITLE EVENTS OUTPUT COMMAND…      (OUTPUT takes the command's standard output)
"""

import os
import subprocess
import sys
import threading
import time
from dataclasses import dataclass


@dataclass
class Timing:
    """What one run of a command took."""

    wall: float
    """Seconds from before its start to after its end."""
    cpu: float
    """Seconds of all its threads, user and system."""
    peak: float
    """The resident set at its largest, mapped files included, in MB."""
    anonymous: float
    """The largest RssAnon that was seen, in MB; 0 where nobody looked."""
    others: float
    """Cores that other processes kept busy meanwhile."""
    code: int
    """Exit code; negative is the signal that ended it."""


def busy():
    """Seconds that all cores have worked since the machine started."""
    with open("/proc/stat", encoding="ascii") as file:
        user, nice, system, _, _, interrupts, soft = map(int, file.readline().split()[1:8])
    return (user + nice + system + interrupts + soft) / os.sysconf("SC_CLK_TCK")


def anonymous(pid):
    """Megabytes of memory that are the process's own, now."""
    try:
        with open(f"/proc/{pid}/status", encoding="ascii") as status:
            for line in status:
                if line.startswith("RssAnon:"):
                    return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def timed(command, output=os.devnull, folder=None, watches=False, limit=600):
    """Runs a command; with `watches` its memory is looked at every ten milliseconds."""
    largest, done = [0.0], threading.Event()

    def watch(pid):
        while not done.wait(0.01):
            largest[0] = max(largest[0], anonymous(pid))

    before, start = busy(), time.perf_counter()
    with open(output, "wb") as file:
        child = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.PIPE, cwd=folder)
    words = []
    reader = threading.Thread(target=lambda: words.append(child.stderr.read()))
    reader.start()
    end = threading.Timer(limit, child.kill)
    end.start()
    watcher = threading.Thread(target=watch, args=(child.pid,))
    if watches:
        watcher.start()
    try:
        _, status, usage = os.wait4(child.pid, 0)
    except BaseException:
        child.kill()
        raise
    finally:
        end.cancel()
        done.set()
    wall = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    reader.join()
    if child.returncode not in (0, 5):
        sys.stderr.write(words[0].decode(errors="replace")[-2000:])
    cpu = usage.ru_utime + usage.ru_stime
    others = max(0.0, busy() - before - cpu) / wall
    return Timing(
        wall, cpu, usage.ru_maxrss / 1024, largest[0], others, child.returncode)


def main():
    title, events, output, command = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4:]
    took = timed(command, output)
    if took.code not in (0, 5):
        sys.exit(f"{' '.join(command)}: exit code {took.code}")
    print(
        f"| {title} | {events:,} | {took.wall:.2f} | {took.cpu:.2f} | {events / took.wall:,.0f} "
        f"| {events / took.cpu:,.0f} | {took.peak:.0f} | {took.code} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
