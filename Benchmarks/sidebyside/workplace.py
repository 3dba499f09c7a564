"""Where everything that is measured lies: events, rules, their translations, programs."""

import contextlib
import importlib.metadata
import os
import pathlib
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
BENCHMARKS = ROOT / "Benchmarks"
DEBIAN = ["g++", "libsimdjson-dev", "libre2-dev", "python3-venv"]
PACKAGES = ["duckdb", "polars", "chdb", "orjson", "pysimdjson"]
HEAD_COUNT = 10_000
"""Events that the rules are made for, and that agreement is checked on."""
FIRST_COUNT = 100
"""Events in front of the first call."""
PHONE = 'whatsapp:${phone(event.customer.phone, "BR")}'
COMPILED_AT_MOST = 1_000
"""The C++ program is not compiled for more rules than that."""


def say(text):
    print(f"peers.py: {text}", file=sys.stderr, flush=True)


def output_of(*command):
    """The first line that a command prints; nothing where it fails."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    except OSError:
        return ""
    return done.stdout.strip().splitlines()[0] if done.stdout.strip() else ""


class Workplace:
    """A folder with all that runs need; what is there is used again."""

    def __init__(self, folder, shared, event_count, rule_counts):
        self.folder = folder
        self.shared = shared
        self.event_count = event_count
        self.rule_counts = rule_counts
        self.made = folder / "gen_out"
        self.python = folder / "venv/bin/python"
        self.empty = folder / "empty.ndjson"
        self.lacking = []

    def set_up(self):
        """Installs what lacks; only the Debian packages need a superuser."""
        subprocess.run([ROOT / "script/deps", *DEBIAN], check=True, stdout=sys.stderr)
        self.folder.mkdir(parents=True, exist_ok=True)
        if not self.python.exists():
            subprocess.run(["python3", "-m", "venv", self.folder / "venv"], check=True)
        subprocess.run(
            [self.python, "-m", "pip", "install", "-q", "-c", self.shared / "requirements.txt",
             *PACKAGES],
            check=True, stdout=sys.stderr)

    def prepare(self):
        """Makes what is not there yet."""
        if not (self.shared / "gen.py").exists():
            sys.exit(
                f"peers.py: {self.shared} has no gen.py; give the folder that has the generator, the "
                "rules and their translations with --shared")
        self.folder.mkdir(parents=True, exist_ok=True)
        for pattern in ("*.py", "*.cpp", "run/*.py"):
            for source in self.shared.glob(pattern):
                target = self.folder / source.relative_to(self.shared)
                target.parent.mkdir(exist_ok=True)
                if not target.exists() or target.read_bytes() != source.read_bytes():
                    shutil.copyfile(source, target)
        self.empty.write_bytes(b"")
        self.make_events(self.event_count)
        head = self.first(HEAD_COUNT)
        if not (self.folder / "rules.json").exists():
            say("making the rules, which takes a minute")
            self.run("python3", "rules.py", head, "rules.json.part")
            (self.folder / "rules.json.part").rename(self.folder / "rules.json")
        self.translate()
        self.compile()

    def run(self, *command):
        subprocess.run(
            command, cwd=self.folder, check=True, stdout=sys.stderr, stderr=subprocess.DEVNULL)

    def make_events(self, count):
        path = self.events(count)
        if path.exists():
            return
        longer = [
            other for other in self.folder.glob("events-*.ndjson")
            if other.stem.partition("-")[2].isdigit()
            and int(other.stem.partition("-")[2]) > count]
        part = path.with_suffix(".part")
        with open(part, "wb") as file:
            if longer:
                # A smaller stream is the beginning of a larger one.
                with open(longer[0], "rb") as source:
                    for _ in range(count):
                        file.write(source.readline())
            else:
                say(f"generating {count:,} events")
                subprocess.run(
                    ["python3", "gen.py", str(count)], cwd=self.folder, check=True, stdout=file)
        part.rename(path)

    def events(self, count):
        return self.folder / f"events-{count}.ndjson"

    def first(self, count):
        """The file of the first so many events."""
        self.make_events(count)
        return self.events(count)

    def rules(self, count, variant=""):
        return self.folder / f"rules-{count}{variant}.yaml"

    def translate(self):
        """The rules in Regra's language and in those of the others."""
        translate = BENCHMARKS / "translate.py"
        for count in self.rule_counts:
            self.run("python3", translate, "rules.json", str(count), self.rules(count))
        self.run(
            "python3", translate, "rules.json", "100", self.rules(100, "-phone"), "--contact", PHONE)
        lacking = [
            str(count) for count in self.rule_counts
            if not (self.made / f"duck_{count}.json").exists()]
        if lacking:
            say(f"translating {', '.join(lacking)} rules for the others")
            self.run("python3", "translate.py", *lacking)

    def compile(self):
        """The hand-written C++ programs, with the flags that they were first measured with."""
        if not shutil.which("g++"):
            self.lacking.append("the C++ program (no g++)")
            return
        flags = ["-march=native", "-std=c++20"]
        sources = [(self.folder / "raw.cpp", self.made / "raw", ["-O3"])]
        for count in self.rule_counts:
            if count <= COMPILED_AT_MOST:
                name = f"limit_{count}"
                sources.append((self.made / f"{name}.cpp", self.made / name, ["-O2"]))
        for source, program, level in sources:
            if program.exists() and program.stat().st_mtime >= source.stat().st_mtime:
                continue
            say(f"compiling {source.name}")
            done = subprocess.run(
                ["g++", *level, *flags, source, "-o", program, "-lsimdjson", "-lre2", "-pthread"],
                capture_output=True, text=True, check=False)
            if done.returncode != 0:
                self.lacking.append(f"{program.name} (it does not compile; libsimdjson-dev, libre2-dev?)")

    def package_versions(self):
        """Of the packages that are installed for the alternatives."""
        places = [str(path) for path in self.folder.glob("venv/lib/*/site-packages")]
        versions = {}
        for distribution in importlib.metadata.distributions(path=places):
            name = distribution.metadata["Name"].lower()
            if name in PACKAGES:
                versions[name] = distribution.version
        for name in PACKAGES:
            if name not in versions:
                self.lacking.append(f"{name} (not in {self.folder.name}/venv)")
        return versions


def machine_facts(versions, regra):
    """What a reader must know of the machine, as pairs."""
    model, memory = "", 0
    with contextlib.suppress(OSError):
        for line in open("/proc/cpuinfo", encoding="utf-8"):
            if line.startswith("model name"):
                model = line.partition(":")[2].strip()
                break
        memory = int(open("/proc/meminfo", encoding="ascii").readline().split()[1]) >> 20
    library = output_of("dpkg-query", "-W", "-f", "${Version}\n", "libsimdjson-dev")
    packages = ", ".join(f"{name} {version}" for name, version in sorted(versions.items()))
    system = output_of("sh", "-c", ". /etc/os-release; echo $PRETTY_NAME")
    return [
        ("processor", f"{model}, {os.cpu_count()} cores, {memory} GB"),
        ("system", f"{system}, Linux {os.uname().release}"),
        ("simdjson", library or "not from Debian"),
        ("compilers", f"{output_of('swift', '--version')}; {output_of('g++', '--version')}"),
        ("Python", f"{output_of('python3', '--version').removeprefix('Python ')}; {packages}"),
        ("Regra", output_of(str(regra), "--version")),
    ]
