"""What was measured, in tables, beside what is asked."""

import statistics
from dataclasses import dataclass

ONE_THREAD = {10: (0.7, 0.9), 100: (0.8, 1.1), 1_000: (1.1, 1.6)}
BOTH_CORES = {10: (1.8, 2.5), 100: (3.5, 5.0), 1_000: (6.0, 10.0), 10_000: (7.0, 12.0)}
OWN_RATE = (0.33, 0.5)
THREAD_GAIN = (0.9, None)
PARSE_SHARE = (0.45, 0.6)
PHONE_SHARE = (0.7, None)
PROFILE_SHARE = (0.95, None)
MEMORY = 200
FIRST_CALL = {100: 20, 10_000: 250}


@dataclass
class Ratio:
    """A ratio of two rates, taken round by round."""

    rounds: list

    @property
    def value(self):
        return statistics.median(self.rounds)

    @property
    def spread(self):
        """What the ratio may be off by: the distance of the middle half of the rounds."""
        if len(self.rounds) < 4:
            return max(self.rounds) - min(self.rounds)
        low, _, high = statistics.quantiles(self.rounds, n=4, method="inclusive")
        return high - low

    def over(self, other):
        return Ratio([mine / its for mine, its in zip(self.rounds, other.rounds)])

    def verdict(self, bar, aim):
        if aim is not None and self.value >= aim:
            return "aim reached"
        if self.value >= bar:
            return "reached"
        return "missed by less than the spread" if self.value >= bar - self.spread else "**missed**"


def ratio(results, key, other):
    """Between two tools; nothing where one did not run."""
    if key not in results or other not in results:
        return None
    return Ratio([a / b for a, b in zip(results[key].rates, results[other].rates)])


def table(head, rows):
    """A table in Markdown; columns whose name begins with a blank are text, the others numbers."""
    yield "| " + " | ".join(name.strip() for name in head) + " |"
    yield "|" + "|".join("--" if name.startswith(" ") else "--:" for name in head) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def number(count):
    return f"{count:,.0f}"


def asked(bar, aim):
    return f"≥ {bar}" + (f", aim {aim}" if aim else "")


def fastest(results, count):
    """The alternative with the highest rate at so many rules."""
    found = [
        result for (_, rules), result in results.items()
        if rules == count and result.tool.is_alternative]
    return max(found, key=lambda result: result.rate, default=None)


def side_by_side(results, counts):
    """The rows that are about another program."""
    for threads, bars in ((1, ONE_THREAD), (2, BOTH_CORES)):
        for count in counts:
            mine = results.get((f"regra-{threads}t", count))
            other = results.get(("cpp-simdjson-1t", count)) if threads == 1 else fastest(results, count)
            if mine is None or other is None or count not in bars:
                continue
            between = ratio(results, mine.tool.key, other.tool.key)
            cores = "1, pinned" if threads == 1 else "2"
            yield [
                number(count), cores, number(mine.rate), other.tool.name, number(other.rate),
                f"**{between.value:.2f}**", f"{between.spread:.2f}", f"{other.cpu / mine.cpu:.2f}",
                asked(*bars[count]), between.verdict(*bars[count])]


def own_figures(results, counts, first_calls):
    """The rows that are about Regra, or about a gain."""
    def row(title, found, bounds, by_cpu=""):
        if found is not None:
            yield [
                title, f"{found.value:.2f}", f"{found.spread:.2f}", by_cpu, asked(*bounds),
                found.verdict(*bounds)]

    def one_thread(title, key, other, bounds):
        if key in results and other in results:
            by_cpu = f"{results[other].cpu / results[key].cpu:.2f}"
            yield from row(title, ratio(results, key, other), bounds, by_cpu)

    for count in counts:
        mine = ratio(results, ("regra-2t", count), ("regra-1t", count))
        its = ratio(results, ("cpp-simdjson-2t", count), ("cpp-simdjson-1t", count))
        if mine and its:
            title = (
                f"{count:,} rules: what two threads gain ({mine.value:.2f}), to the C++ program's gain "
                f"({its.value:.2f})")
            yield from row(title, mine.over(its), THREAD_GAIN)
        elif mine:
            yield [f"{count:,} rules: what two threads gain", f"{mine.value:.2f}",
                   f"{mine.spread:.2f}", "", "", ""]
    yield from one_thread(
        "10,000 rules to 100, one thread", ("regra-1t", 10_000), ("regra-1t", 100), OWN_RATE)
    yield from one_thread(
        "100 rules, parse → evaluate alone to simdjson's parse, one thread",
        ("regra-evaluate-1t", 100), ("simdjson-parse-1t", 0), PARSE_SHARE)
    yield from one_thread(
        "100 rules with contacts by `phone(…)` to those without, one thread",
        ("regra-phone-1t", 100), ("regra-1t", 100), PHONE_SHARE)
    yield from one_thread(
        "100 rules with `--profile` to the same without, one thread",
        ("regra-profile-1t", 100), ("regra-1t", 100), PROFILE_SHARE)
    largest = max((result.anonymous for result in results.values()), default=0)
    if largest:
        yield ["memory of its own (RssAnon), the most of all rows", f"{largest:.0f} MB", "", "",
               f"< {MEMORY} MB", "reached" if largest < MEMORY else "**missed**"]
    for count, milliseconds in first_calls.items():
        bar = FIRST_CALL.get(count)
        verdict = "" if bar is None else "reached" if milliseconds < bar else "**missed**"
        yield [f"{count:,} rules: start-up to the first call", f"{milliseconds:.1f} ms",
               "", "", f"< {bar} ms" if bar else "", verdict]


def runs(results):
    """A row for every tool, the fastest of each ruleset first."""
    limits = {
        threads: results.get((f"simdjson-parse-{threads}t", 0)) for threads in (1, 2)}
    for result in sorted(results.values(), key=lambda each: (each.tool.rules, -each.rate)):
        tool = result.tool
        limit = limits[tool.threads]
        yield [
            number(tool.rules) if tool.rules else "none", tool.name, str(tool.threads),
            number(tool.events), number(result.rate), number(result.throughput),
            f"{result.cpu:.2f}", f"{result.rate / limit.rate:.0%}" if limit else "",
            number(result.peak), f"{result.anonymous:.0f}" if result.anonymous else "",
            f"{result.start:.3f}", f"{result.spread:.0%}", f"{result.others:.2f}"]


def written(results, counts, first_calls, facts, agreement, lacking):
    """The whole report, line by line."""
    for name, fact in facts:
        yield f"- {name}: {fact}"
    for sentence in agreement:
        yield f"- {sentence}"
    if lacking:
        yield f"- not there, so not measured: {'; '.join(lacking)}"
    yield ""
    yield from table(
        ["rules", "cores", "Regra, events/s", " beside", "events/s", "ratio", "spread",
         "by CPU time", "asked", " "],
        side_by_side(results, counts))
    yield ""
    yield from table(
        [" what", "measured", "spread", "by CPU time", "asked", " "],
        own_figures(results, counts, first_calls))
    yield ""
    yield from table(
        ["rules", " run", "cores", "events", "events/s", "MB/s", "CPU µs/event",
         "of the parse limit", "peak MB", "RssAnon MB", "start-up s", "spread", "others' load"],
        runs(results))


def values(results):
    """What plots are drawn from: one row a tool, with tabs."""
    yield "rules\ttool\tcores\tevents\tevents_per_second\tcpu_microseconds\tspread\trss_anon_mb"
    for result in sorted(results.values(), key=lambda each: (each.tool.rules, each.tool.name)):
        tool = result.tool
        yield "\t".join(map(str, [
            tool.rules, tool.name, tool.threads, tool.events, round(result.rate),
            round(result.cpu, 3), round(result.spread, 3), round(result.anonymous)]))
