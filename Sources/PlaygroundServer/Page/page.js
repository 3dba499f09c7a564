// The page of the playground: what is typed goes to the engine, what the engine says is shown.

import { coverage, Editor } from "./editor.js";
import { find, make } from "./make.js";
import * as server from "./server.js";
import * as show from "./show.js";
import { counted, useWords, word } from "./words.js";

const state = { files: [], file: 0, events: "", result: null, step: 0, asked: 0, filter: "all" };
const editor = new Editor((text) => {
  state.files[state.file].text = text;
  rehearseSoon();
});

function say(text, isBad = false) {
  find("state").textContent = text;
  find("state").classList.toggle("bad", isBad);
}

function fail(error) {
  say(error instanceof server.Stopped ? word("serverStopped") : error.message, true);
}

// One question at a time; what is typed meanwhile is asked about next.
let isAsking = false, isWaiting = false;
async function rehearseSoon() {
  if (isAsking) { isWaiting = true; return; }
  isAsking = true;
  try {
    do {
      isWaiting = false;
      // What is wrong is shown first; what rules do takes longer.
      showDiagnostics(await server.check(state.files));
      if (!isWaiting) take(await server.rehearse(state.files, state.events));
    } while (isWaiting);
  } catch (error) {
    fail(error);
  } finally {
    isAsking = false;
  }
}

function showDiagnostics({ diagnostics }) {
  state.result = { ...state.result, diagnostics };
  showProblems();
}

function take(result) {
  state.result = result;
  showProblems();
  if (!result.runs) return say(counted("problems", result.diagnostics.length), true);
  state.step = Math.min(state.step, Math.max(0, result.events.length - 1));
  find("summary").replaceChildren(...show.cards(result.summary, result.quota));
  say(word("rehearsed", { time: String(result.milliseconds) }));
  showStream();
  showStep();
}

function showFiles() {
  const counts = new Map();
  for (const found of state.result?.diagnostics ?? []) counts.set(found.file, (counts.get(found.file) ?? 0) + 1);
  find("files").replaceChildren(...state.files.map((file, index) =>
    make("button", { type: "button", "aria-pressed": String(index === state.file), onclick: () => openFile(index) },
      shortPath(file.path), counts.has(file.path) && make("span", { class: "count" }, `${counts.get(file.path)}`))));
}

// What all paths begin with says nothing here.
function shortPath(path) {
  const folder = state.files[0].path.slice(0, state.files[0].path.lastIndexOf("/") + 1);
  return folder && state.files.every((file) => file.path.startsWith(folder)) ? path.slice(folder.length) : path;
}

function openFile(index) {
  state.file = index;
  editor.open(state.files[index], word("rulesIn", { file: state.files[index].path }));
  showProblems();
}

function showProblems() {
  const { diagnostics = [], lines = [] } = state.result ?? {};
  const path = state.files[state.file].path;
  showFiles();
  editor.mark(diagnostics.filter((found) => found.file === path), coverage(lines.filter((line) => line.file === path)));
  find("problems-title").textContent = diagnostics.length > 0 ? counted("problems", diagnostics.length) : word("noProblems");
  find("problems").replaceChildren(...diagnostics.map((found) => show.problem(found, state.files.length > 1, () => {
    openFile(state.files.findIndex((file) => file.path === found.file));
    editor.show(found.from, found.to);
  })));
}

const filters = {
  all: () => true,
  fired: (event) => event.fired.length > 0,
  silent: (event) => event.fired.length === 0,
  unknown: (event) => event.unknown > 0,
};

// Of a long stream only the neighbourhood is drawn.
const drawn = 200;
function showStream() {
  const { events, rules } = state.result;
  const ids = rules.map((rule) => rule.id);
  const picked = events.map((event, index) => ({ event, index })).filter(({ event }) => filters[state.filter](event));
  const place = Math.max(0, picked.findIndex(({ index }) => index >= state.step));
  const from = Math.max(0, Math.min(place - drawn / 2, picked.length - drawn));
  find("stream").replaceChildren(...picked.slice(from, from + drawn).map(({ event, index }) =>
    show.streamItem(event, index, index === state.step, ids, () => go(index))));
  find("slider").max = String(Math.max(0, events.length - 1));
  find("slider").value = String(state.step);
  find("position").textContent = events.length > 0 ? `${state.step + 1} / ${events.length}` : "0";
  find("previous").disabled = state.step === 0;
  find("next").disabled = state.step >= events.length - 1;
  find("stream").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

function go(step) {
  if (!state.result?.runs) return;
  state.step = Math.max(0, Math.min(step, state.result.events.length - 1));
  showStream();
  showStep();
}

async function showStep() {
  const asked = ++state.asked;
  const { rehearsal, events } = state.result;
  find("make-test").disabled = events.length === 0;
  if (events.length === 0) {
    find("step-title").textContent = word("noEvents");
    for (const id of ["trace", "contacts", "calls"]) find(id).replaceChildren();
    return;
  }
  let found;
  try {
    found = await server.step(rehearsal, state.step);
  } catch (error) {
    return fail(error);
  }
  // Somebody went on meanwhile.
  if (asked !== state.asked) return;
  const event = events[state.step];
  find("step-title").textContent = word("eventTitle", { number: state.step + 1, type: event.type || word("noType") });
  find("event-json").querySelector("pre").textContent = found.text;
  showTrace(found.event);
  const refused = found.event.set_aside.map(show.refused);
  const changes = found.event.changes.map(show.contact);
  find("contacts").replaceChildren(...(changes.length + refused.length > 0 ? [...changes, ...refused] : [show.none("noChange")]));
  find("calls-title").textContent = word("callsOfWindow", { window: found.event.window, count: found.calls.length });
  find("calls").replaceChildren(...(found.calls.length > 0 ? found.calls.map(show.call) : [make("li", {}, show.none("noCalls"))]));
}

function showTrace(event) {
  if (event.problem) return find("trace").replaceChildren(make("p", { class: "none" }, event.problem));
  const { rules, rehearsal } = state.result;
  const step = state.step;
  const places = new Map(rules.map((rule, index) => [rule.id, index]));
  const heard = new Set(event.rules.map((trace) => trace.rule));
  const others = rules.filter((rule) => !heard.has(rule.id));
  const why = (answer, id) => ask(answer, rehearsal, step, places.get(id));
  const shown = event.rules.map((trace) =>
    show.rule(trace, rules[places.get(trace.rule)]?.about, (answer) => why(answer, trace.rule)));
  if (others.length > 0) shown.push(show.otherRules(others, (rule, answer) => why(answer, rule.id)));
  find("trace").replaceChildren(...shown);
}

async function ask(answer, rehearsal, step, rule) {
  answer.hidden = false;
  answer.textContent = "…";
  try {
    answer.textContent = (await server.whyNot(rehearsal, step, rule)).sentence;
  } catch (error) {
    answer.textContent = error.message;
  }
}

function openDialog(title, note, text, name) {
  find("dialog-title").textContent = title;
  find("dialog-body").replaceChildren(make("p", {}, note), make("pre", { tabindex: "0" }, text));
  find("dialog-copy").onclick = async () => {
    if (name) {
      const link = make("a", { href: URL.createObjectURL(new Blob([text])), download: name });
      link.click();
      URL.revokeObjectURL(link.href);
    } else {
      await navigator.clipboard.writeText(text);
    }
  };
  find("dialog-copy").textContent = word(name ? "save" : "copy");
  find("dialog").showModal();
}

function wire() {
  find("slider").addEventListener("input", (event) => go(Number(event.target.value)));
  find("previous").addEventListener("click", () => go(state.step - 1));
  find("next").addEventListener("click", () => go(state.step + 1));
  find("filter").addEventListener("change", (event) => {
    state.filter = event.target.value;
    if (state.result?.runs) showStream();
  });
  find("language").addEventListener("change", (event) => start(event.target.value));
  find("edit-events").addEventListener("click", (event) => {
    const box = find("events-editor");
    box.hidden = !box.hidden;
    event.target.setAttribute("aria-expanded", String(!box.hidden));
    if (!box.hidden) find("events-text").focus();
  });
  find("events-text").addEventListener("input", (event) => {
    state.events = event.target.value;
    rehearseSoon();
  });
  find("make-test").addEventListener("click", async () => {
    try {
      const test = await server.makeTest(state.result.rehearsal, state.step);
      openDialog(word("makeTest"), test.note, test.text);
    } catch (error) { fail(error); }
  });
  find("share").addEventListener("click", async () => {
    try {
      const file = await server.share(state.result.rehearsal);
      openDialog(word("share"), file.note, file.text, file.file);
    } catch (error) { fail(error); }
  });
  for (const button of document.querySelectorAll("[data-view]")) {
    if (button.tagName === "BUTTON") button.addEventListener("click", () => view(button.dataset.view));
  }
  document.addEventListener("keydown", (event) => {
    if (!event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowRight") { event.preventDefault(); go(state.step + 1); }
    if (event.key === "ArrowLeft") { event.preventDefault(); go(state.step - 1); }
  });
}

function view(name) {
  document.body.dataset.view = name;
  for (const button of document.querySelectorAll("button[data-view]")) {
    button.setAttribute("aria-pressed", String(button.dataset.view === name));
  }
}

async function start(language) {
  try {
    const scene = await server.scene(language);
    useWords(scene.words, scene.language);
    find("language").value = scene.language;
    find("scene").textContent = scene.name;
    find("filter").replaceChildren(...Object.keys(filters).map((key) => make("option", { value: key }, word(`filter.${key}`))));
    find("filter").value = state.filter;
    if (state.files.length === 0) {
      Object.assign(state, { files: scene.files, events: scene.events });
      find("events-text").value = scene.events;
    }
    openFile(state.file);
    await rehearseSoon();
  } catch (error) {
    fail(error);
  }
}

wire();
view("rules");
start();
