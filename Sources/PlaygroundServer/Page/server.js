// Questions to the engine, which runs in the server: the page decides nothing by itself.

import { word } from "./words.js";

export class Stopped extends Error {}

async function ask(path, body) {
  let answer;
  try {
    answer = await fetch(`api/${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { "Content-Type": "application/json", "X-Regra": "1" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
  } catch {
    throw new Stopped();
  }
  if (!answer.ok) throw answer.status === 401 ? new Stopped() : new Error(answer.statusText);
  const found = await answer.json();
  if (found.failure) throw new Error(word(found.failure));
  return found;
}

export const scene = (language) => ask(`scene?browser=${encodeURIComponent(navigator.language)}${language ? `&lang=${language}` : ""}`);
export const check = (files) => ask("check", { files, events: "" });
export const rehearse = (files, events) => ask("rehearse", { files, events });
export const step = (rehearsal, number) => ask("step", { rehearsal, step: number });
export const whyNot = (rehearsal, number, rule) => ask("why-not", { rehearsal, step: number, rule });
export const makeTest = (rehearsal, number) => ask("test", { rehearsal, step: number });
export const share = (rehearsal) => ask("share", { rehearsal });
