#!/usr/bin/env python3
"""Runs a command and prints one row: title, wall, CPU, peak memory, and events a second.

usage: measure.py TITLE EVENTS OUTPUT COMMAND…      (OUTPUT takes the command's standard output)
"""

import os
import sys
import time


def main():
    title, events, output, command = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4:]
    start = time.monotonic()
    child = os.fork()
    if child == 0:
        os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644), 1)
        os.execv(command[0], command)
    _, status, usage = os.wait4(child, 0)
    wall = time.monotonic() - start
    cpu = usage.ru_utime + usage.ru_stime
    code = os.waitstatus_to_exitcode(status)
    if code not in (0, 5):
        sys.exit(f"{' '.join(command)}: exit code {code}")
    print(
        f"| {title} | {events:,} | {wall:.2f} | {cpu:.2f} | {events / wall:,.0f} "
        f"| {events / cpu:,.0f} | {usage.ru_maxrss // 1024} | {code} |",
        flush=True,
    )


if __name__ == "__main__":
    main()
