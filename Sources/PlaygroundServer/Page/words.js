// The words of the page, in the language that was chosen; the server has the catalogue.

let messages = {};
let language = "en";

export function useWords(catalogue, chosen) {
  messages = catalogue;
  language = chosen;
  document.documentElement.lang = chosen === "pt" ? "pt-BR" : "en";
  for (const element of document.querySelectorAll("[data-word]")) {
    element.textContent = word(element.dataset.word);
  }
  for (const element of document.querySelectorAll("[data-label]")) {
    element.setAttribute("aria-label", word(element.dataset.label));
  }
}

// A message with its places filled: `{count}` and the like.
export function word(key, values = {}) {
  const message = messages[key] ?? key;
  return message.replace(/\{(\w+)\}/g, (all, name) => (name in values ? (typeof values[name] === "number" ? amount(values[name]) : values[name]) : all));
}

// Of a count: the message `key.one` or `key.other`.
export function counted(key, count) {
  return word(`${key}.${count === 1 ? "one" : "other"}`, { count });
}

// A number as people of the language write it.
export function amount(number) {
  return new Intl.NumberFormat(language === "pt" ? "pt-BR" : "en").format(number);
}
