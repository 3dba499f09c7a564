// What the engine said, as elements.

import { make } from "./make.js";
import { amount, counted, word } from "./words.js";

const signs = { true: "✓", false: "✗", unknown: "?" };

export function problem(found, several, open) {
  const place = several ? `${found.file}:${found.line}` : word("atLine", { line: String(found.line) });
  return make("li", {},
    make("button", { type: "button", class: `problem ${found.severity}`, onclick: open },
      make("span", { class: "code" }, `${found.code} · ${place} `), found.message,
      found.help && make("span", { class: "help" }, found.help)));
}

export function streamItem(event, number, isCurrent, ids, open) {
  const notes = [
    event.problem && make("span", { class: "tag bad" }, word("unusable")),
    event.repeat && make("span", { class: "tag" }, word("repeat")),
    event.fired.length > 0 && make("span", { class: "tag good" }, counted("fired", event.fired.length)),
    event.unknown > 0 && make("span", { class: "tag doubt" }, counted("unknowns", event.unknown)),
  ];
  return make("li", {},
    make("button", { type: "button", "data-step": number, "aria-current": isCurrent ? "true" : null, onclick: open },
      make("span", { class: "line" }, String(event.line)),
      make("span", { class: "type" }, event.type || word("noType")),
      make("span", {}, ...notes.filter(Boolean)),
      event.id && make("span", { class: "id", title: event.id }, event.id),
      event.fired.length > 0 && make("span", { class: "rules" }, event.fired.map((rule) => ids[rule]).join(", "))));
}

export function cards(summary, quota) {
  const card = (value, label) => make("div", { class: "card" }, make("b", {}, value), make("span", {}, label));
  const hours = Math.ceil(quota.seconds / 3600);
  const time = hours > 0 ? word("quotaHours", { hours }) : word("quotaSeconds");
  return [
    card(amount(summary.events), word("cardEvents")),
    card([summary.made, summary.changed, summary.deleted].map(amount).join(" · "), word("cardContacts")),
    card(amount(summary.calls), word("cardCalls", { naive: summary.naive })),
    card(`${amount(quota.contacts)} / ${amount(quota.limit)}`, word("cardQuota", { time })),
    summary.setAside > 0 && card(amount(summary.setAside), word("cardSetAside")),
  ].filter(Boolean);
}

const value = (read) => ("unknown" in read ? read.unknown : JSON.stringify(read.value));

function reads(list = []) {
  if (list.length === 0) return null;
  return make("ul", { class: "reads" },
    list.map((read) => make("li", {}, read.in ? `${read.in}: ` : "", make("code", {}, read.of), ` = ${value(read)}`)));
}

const combinations = ["all", "any", "none"];

function test(line) {
  const kind = combinations.find((kind) => kind in line);
  const text = kind ? make("span", {}, word(`kind.${kind}`)) : make("code", {}, line.text);
  return make("li", { class: `test ${line.outcome}` },
    make("span", { class: "sign", role: "img", "aria-label": word(`outcome.${line.outcome}`) }, signs[line.outcome]),
    text, line.because && make("div", { class: "reads" }, line.because), reads(line.values),
    kind && make("ul", { class: "inner" }, line[kind].map(test)));
}

function write(line) {
  const isWritten = line.outcome === "written";
  return make("li", { class: `write test ${isWritten ? "true" : "unknown"}` },
    make("span", { class: "sign", "aria-hidden": "true" }, isWritten ? "→" : "–"),
    make("code", {}, line.effect),
    line.because && make("div", { class: "reads" }, line.outcome === "set aside" ? `${word("setAside")}: ` : "", line.because));
}

const tones = { fired: "good", nobody: "bad", false: "", unknown: "doubt" };

export function rule(trace, about, why) {
  const isOpen = trace.verdict === "fired" || trace.verdict === "nobody" || trace.verdict === "unknown";
  return make("details", { class: "rule", open: isOpen },
    make("summary", {}, make("b", {}, trace.rule),
      make("span", { class: `tag ${tones[trace.verdict] ?? ""}` }, word(`verdict.${trace.verdict}`)),
      about && make("span", { class: "reads" }, about)),
    trace.contact && make("p", { class: "reads" }, word("about", { contact: trace.contact })),
    trace.if.length > 0 && make("ul", {}, trace.if.map(test)),
    trace.do.length > 0 && make("ul", {}, trace.do.map(write)),
    (trace.verdict === "false" || trace.verdict === "unknown") && question(trace.rule, why));
}

// Rules that were not asked: another type, or switched off.
export function otherRules(rules, why) {
  return make("details", { class: "rule" },
    make("summary", {}, counted("otherRules", rules.length)),
    make("ul", {}, rules.map((rule) => make("li", { class: "other" }, make("b", {}, rule.id),
      rule.about && make("span", { class: "reads" }, rule.about), question(rule.id, (answer) => why(rule, answer))))));
}

function question(id, why) {
  const answer = make("div", { class: "answer", hidden: true, role: "status" });
  return make("div", {},
    make("button", { type: "button", class: "why", "aria-label": `${word("whyNot")} ${id}`, onclick: () => why(answer) }, word("whyNot")),
    answer);
}

const known = ["name", "language", "status", "groups", "urns"];

export function contact(change) {
  const rows = change.differences.map((part) => make("tr", {},
    make("th", { scope: "row" }, known.includes(part.of) ? word(`part.${part.of}`) : part.of),
    make("td", {}, part.old !== null && make("del", {}, part.old), part.old !== null && part.new !== null && " → ",
      part.new !== null && make("ins", {}, part.new)),
    make("td", { class: "reads" }, part.rule)));
  const tag = make("span", { class: `tag ${change.kind === "deleted" ? "bad" : "good"}` }, word(`contact.${change.kind}`));
  return make("div", { class: "contact" },
    make("table", {}, make("caption", {}, change.contact, " ", tag), make("tbody", {}, rows)));
}

export function refused(write) {
  return make("p", { class: "refused" }, make("b", {}, `${word("setAside")}: ${write.rule ?? "ensure"} `), write.reason);
}

export function call(line) {
  const problem = line.problem === "not sent" ? word("notSent") : line.problem;
  return make("li", {},
    make("div", { class: "request" }, make("b", {}, line.method), ` ${line.about}`),
    make("div", {}, line.what.join(" · ")),
    make("div", { class: "because" }, line.because.join(", ")),
    problem && make("div", { class: "refused" }, problem));
}

export const none = (key) => make("p", { class: "none" }, word(key));
