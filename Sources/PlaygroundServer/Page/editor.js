// The rules' text: coloured, with marks under what is wrong and bars for what the events covered.

import { find, make } from "./make.js";
import { word } from "./words.js";

// One line of YAML as parts of one colour each; enough for people, the server reads it properly.
const shapes = [
  ["comment", /(^|\s)#.*$/],
  ["hole", /\$\{[^}]*\}?/],
  ["string", /"(?:[^"\\]|\\.)*"?|'(?:[^']|'')*'?/],
  ["key", /^(\s*(?:- )*)([A-Za-z_][\w./-]*)(?=:(\s|$))/],
  ["number", /\b\d+(?:\.\d+)?\b/],
];

export function parts(line) {
  const found = [];
  let rest = line, offset = 0;
  while (rest) {
    let best = null;
    for (const [kind, shape] of shapes) {
      if (kind === "key" && offset > 0) continue;
      const match = shape.exec(rest);
      if (!match) continue;
      const lead = kind === "key" ? match[1].length : kind === "comment" ? match[1].length : 0;
      const start = match.index + lead, end = match.index + match[0].length;
      if (end > start && (!best || start < best.start)) best = { kind, start, end };
    }
    if (!best) break;
    found.push({ kind: best.kind, from: offset + best.start, to: offset + best.end });
    offset += best.end;
    rest = rest.slice(best.end);
  }
  return found;
}

export class Editor {
  constructor(changed) {
    this.box = find("text");
    this.paint = document.querySelector(".paint");
    this.gutter = document.querySelector(".gutter");
    this.problems = [];
    this.coverage = new Map();
    this.box.addEventListener("input", () => {
      this.problems = [];
      this.draw();
      changed(this.box.value);
    });
    this.box.addEventListener("keydown", (event) => this.indent(event));
  }

  // A new line begins where the last one did.
  indent(event) {
    if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey) return;
    const { value, selectionStart: place } = this.box;
    const line = value.slice(value.lastIndexOf("\n", place - 1) + 1, place);
    const lead = /^\s*/.exec(line)[0] + (/:\s*$/.test(line) ? "  " : "");
    event.preventDefault();
    this.box.setRangeText("\n" + lead, place, this.box.selectionEnd, "end");
    this.box.dispatchEvent(new Event("input"));
  }

  open(file, label) {
    this.box.setAttribute("aria-label", label);
    this.box.value = file.text;
    this.problems = [];
    this.coverage = new Map();
    this.draw();
  }

  mark(problems, coverage) {
    this.problems = problems;
    this.coverage = coverage;
    this.draw();
  }

  show(from, to) {
    this.box.focus();
    this.box.setSelectionRange(from, to);
    const line = this.box.value.slice(0, from).split("\n").length;
    find("editor").scrollTop = Math.max(0, (line - 6) * 20);
  }

  draw() {
    const lines = this.box.value.split("\n");
    const drawn = document.createDocumentFragment();
    const bars = document.createDocumentFragment();
    let start = 0;
    lines.forEach((line, index) => {
      drawn.append(...this.coloured(line, start), "\n");
      const covered = this.coverage.get(index + 1);
      bars.append(make("div", { class: covered?.kind, title: covered?.text }, String(index + 1)));
      start += line.length + 1;
    });
    this.paint.replaceChildren(drawn);
    this.gutter.replaceChildren(bars);
  }

  coloured(line, start) {
    const cuts = new Set([0, line.length]);
    const colours = parts(line);
    const marks = this.problems
      .map((problem) => ({ ...problem, from: problem.from - start, to: Math.max(problem.to, problem.from + 1) - start }))
      .filter((problem) => problem.from <= line.length && problem.to > 0);
    for (const part of [...colours, ...marks]) {
      cuts.add(Math.max(0, Math.min(part.from, line.length)));
      cuts.add(Math.max(0, Math.min(part.to, line.length)));
    }
    const places = [...cuts].sort((a, b) => a - b);
    return places.slice(0, -1).map((from, index) => {
      const to = places[index + 1];
      const colour = colours.find((part) => part.from <= from && to <= part.to);
      const mark = marks.find((part) => part.from <= from && to <= part.to);
      const text = line.slice(from, to);
      const classes = [colour?.kind, mark && `mark-${mark.severity}`].filter(Boolean).join(" ");
      return classes ? make("span", { class: classes }, text) : text;
    });
  }
}

// Bars beside lines: what the events made of each.
export function coverage(lines) {
  const bars = new Map();
  for (const line of lines) {
    const kind = line.true > 0 && line.false + line.unknown > 0 ? "both" : line.true + line.false + line.unknown > 0 ? "half" : "never";
    bars.set(line.line, { kind, text: word("covered", { true: line.true, false: line.false, unknown: line.unknown }) });
  }
  return bars;
}
