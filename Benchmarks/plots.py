#!/usr/bin/env python3
"""Fills docs/performance.md from Benchmarks/peers.tsv and Benchmarks/growth.tsv: tables, and plots beside it.

What was not measured is left as it stands. Lines are told apart by colour and by their names at the right, both axes are logarithmic or begin at
nought, and colours follow the reader's light or dark scheme.
"""

import csv
import math
import pathlib

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/performance.md"
FOLDER = ROOT / "docs/performance"
TOOLS = {
    "regra-2t": "Regra, two cores", "regra-1t": "Regra, one core",
    "cpp-simdjson-2t": "C++ by hand, two", "cpp-simdjson-1t": "C++ by hand, one",
    "duckdb-case": "DuckDB, CASE", "duckdb-tables": "DuckDB, tables", "polars": "Polars",
    "python-orjson": "Python, orjson",
}
WIDTH, HEIGHT = 720, 400
LEFT, RIGHT, TOP, BOTTOM = 78, 190, 40, 48
STYLE = """
  svg { font: 13px system-ui, sans-serif; background: #ffffff }
  text { fill: #1f2328 } .faint { fill: #59636e } .grid { stroke: #d1d9e0 }
  .line { fill: none; stroke-width: 2.2 }
  .s0 { stroke: #0b6bcb; fill: #0b6bcb } .s1 { stroke: #5aa9f0; fill: #5aa9f0 }
  .s2 { stroke: #b35900; fill: #b35900 } .s3 { stroke: #8250df; fill: #8250df }
  .s4 { stroke: #1a7f37; fill: #1a7f37 } .s5 { stroke: #c0354b; fill: #c0354b }
  .s6 { stroke: #6e7781; fill: #6e7781 } .s7 { stroke: #9a7500; fill: #9a7500 }
  @media (prefers-color-scheme: dark) {
    svg { background: #0d1117 } text { fill: #e6edf3 } .faint { fill: #9198a1 }
    .grid { stroke: #30363d }
    .s0 { stroke: #58a6ff; fill: #58a6ff } .s1 { stroke: #a5d0ff; fill: #a5d0ff }
    .s2 { stroke: #f0a050; fill: #f0a050 } .s3 { stroke: #bc8cff; fill: #bc8cff }
    .s4 { stroke: #3fb950; fill: #3fb950 } .s5 { stroke: #ff7b87; fill: #ff7b87 }
    .s6 { stroke: #9198a1; fill: #9198a1 } .s7 { stroke: #d6b13a; fill: #d6b13a }
  }
  .line { fill: none }
"""


def rows(name):
    path = ROOT / "Benchmarks" / name
    if not path.exists():
        return []
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


def short(number):
    """1,000,000 is 1M."""
    for size, letter in ((1_000_000, "M"), (1_000, "k")):
        if number >= size:
            return f"{number / size:g}{letter}"
    return f"{number:g}"


def powers(low, high):
    """The powers of ten from at most `low` to at least `high`."""
    return [10.0**power for power in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)]


def steps(high):
    """Round numbers from nought to at least `high`, four or five of them."""
    size = 10.0 ** math.floor(math.log10(high / 4))
    step = next(size * part for part in (1, 2, 2.5, 5, 10) if size * part * 5 >= high)
    return [step * index for index in range(math.ceil(high / step) + 1)]


class Plot:
    """Lines over numbers that grow by factors."""

    def __init__(self, title, below, beside, series, is_logarithmic):
        self.title, self.below, self.beside, self.series = title, below, beside, series
        across = [x for _, points in series for x, _ in points]
        up = [y for _, points in series for _, y in points]
        self.across = sorted(set(across))
        self.first, self.last = min(across), max(across)
        self.ticks = powers(min(up), max(up)) if is_logarithmic else steps(max(up))
        self.is_logarithmic = is_logarithmic

    def x(self, value):
        share = math.log(value / self.first) / (math.log(self.last / self.first) or 1)
        return LEFT + share * (WIDTH - LEFT - RIGHT)

    def y(self, value):
        low, high = self.ticks[0], self.ticks[-1]
        if self.is_logarithmic:
            share = math.log(value / low) / math.log(high / low)
        else:
            share = value / high
        return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)

    def draw(self):
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            f'aria-label="{self.title}">')
        yield f"<style>{STYLE}</style>"
        yield f'<text x="{LEFT}" y="22" font-weight="600">{self.title}</text>'
        for tick in self.ticks:
            y = self.y(tick)
            yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
            yield f'<text class="faint" x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{short(tick)}</text>'
        for value in self.across:
            yield (
                f'<text class="faint" x="{self.x(value):.1f}" y="{HEIGHT - BOTTOM + 20}" '
                f'text-anchor="middle">{short(value)}</text>')
        yield (
            f'<text class="faint" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 8}" '
            f'text-anchor="middle">{self.below}</text>')
        yield (
            f'<text class="faint" transform="translate(18 {HEIGHT / 2}) rotate(-90)" '
            f'text-anchor="middle">{self.beside}</text>')
        yield from self.lines()
        yield "</svg>"

    def lines(self):
        for index, (_, points) in enumerate(self.series):
            path = " ".join(f"{self.x(x):.1f},{self.y(y):.1f}" for x, y in points)
            yield f'<polyline class="line s{index}" points="{path}"/>'
            for x, y in points:
                yield f'<circle class="s{index}" cx="{self.x(x):.1f}" cy="{self.y(y):.1f}" r="3"/>'
        lowest = -100.0
        for index, (name, points) in sorted(
            enumerate(self.series), key=lambda each: self.y(each[1][1][-1][1])
        ):
            # Names stand beside the last point of their line, and never on one another.
            lowest = max(self.y(points[-1][1]) + 4, lowest + 17)
            x = WIDTH - RIGHT + 12
            yield f'<rect class="s{index}" x="{x}" y="{lowest - 9:.1f}" width="9" height="9"/>'
            yield f'<text x="{x + 15}" y="{lowest:.1f}">{name}</text>'


def draw(name, *arguments):
    FOLDER.mkdir(parents=True, exist_ok=True)
    text = "\n".join(Plot(*arguments).draw()) + "\n"
    (FOLDER / f"{name}.svg").write_text(text, encoding="utf-8")


def fill(name, title, lines):
    """Puts a plot and a table between the marks of a section."""
    begin, end = f"<!-- plots.py: {name} -->", f"<!-- {name} ends -->"
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(begin)
    after = rest.split(end)[1]
    text = "\n".join([f"![{title}](performance/{name}.svg)", "", *lines])
    PAGE.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def rates():
    found = rows("peers.tsv")
    counts = sorted({int(row["rules"]) for row in found} - {0})
    series, lines = [], [
        "| events a second | " + " | ".join(f"{count:,} rules" for count in counts) + " |",
        "|--|" + "--:|" * len(counts)]
    for tool, name in TOOLS.items():
        points = {
            int(row["rules"]): float(row["events_per_second"]) for row in found
            if row["tool"] == tool}
        if points:
            series.append((name, sorted(points.items())))
            cells = [f"{points[count]:,.0f}" if count in points else "" for count in counts]
            lines.append(f"| {name} | " + " | ".join(cells) + " |")
    if series:
        draw("rules", "Events a second", "rules", "events a second", series, True)
        fill("rules", "Events a second by the number of rules", lines)


def memory():
    found = rows("growth.tsv")
    for name, kinds, below in (
        ("events", ("events", "events with ids"), "events"),
        ("contacts", ("contacts", "contacts of one window"), "different contacts"),
        ("groups", ("groups",), "different groups, a million events"),
    ):
        series, lines = [], [
            "| what grows | to | events | RssAnon MB | bytes for each one more |", "|--|--:|--:|--:|--:|"]
        for kind in kinds:
            measured = [row for row in found if row["what"] == kind]
            points = [(int(row["count"]), float(row["rss_anon_mb"])) for row in measured]
            if points:
                series.append((kind, points))
            for index, (row, (count, size)) in enumerate(zip(measured, points)):
                before = points[index - 1] if index else None
                more = f"{(size - before[1]) * 2**20 / (count - before[0]):,.0f}" if before else ""
                lines.append(
                    f"| {kind} | {count:,} | {int(row['events']):,} | {size:,.0f} | {more} |")
        if series:
            draw(name, "Memory of a run", below, "RssAnon, MB", series, False)
            fill(name, f"Memory by the number of {name}", lines)


def main():
    rates()
    memory()


if __name__ == "__main__":
    main()
