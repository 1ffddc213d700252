// Fields that several people write at once.
import type * as Y from "yjs";
import { caretAfter, difference } from "./difference.ts";
import { make } from "./element.ts";
import { MINE, type Model } from "./model.ts";

const TEXT_CHARS_MAX = "1000";
const WORDS_CHARS_MAX = "300";
/** How long somebody pauses before words that are kept as a whole are sent. */
const PAUSE_MS = 400;

/** A field for a text in which every letter merges. */
export function textField(model: Model, text: Y.Text, attributes: Record<string, string>): HTMLTextAreaElement {
  const field = make("textarea", { class: "control", "data-writes": true, rows: "2", maxlength: TEXT_CHARS_MAX, spellcheck: "true", ...attributes });
  field.value = text.toString();
  field.addEventListener("input", () => {
    const change = difference(text.toString(), field.value);
    if (!change) return;
    model.change(() => {
      if (change.gone > 0) text.delete(change.at, change.gone);
      if (change.put) text.insert(change.at, change.put);
    });
  });
  text.observe((_, transaction) => {
    const now = text.toString();
    if (transaction.origin === MINE && field.value === now) return;
    const change = difference(field.value, now);
    if (!change) return;
    const [start, end] = [caretAfter(field.selectionStart, change), caretAfter(field.selectionEnd, change)];
    field.value = now;
    if (document.activeElement === field) field.setSelectionRange(start, end);
  });
  return field;
}

/** A field for a few words that are kept as a whole: of two who write there at once, the later wins. */
export function wordsField(keep: (words: string) => void, attributes: Record<string, string>): HTMLInputElement {
  const field = make("input", { class: "control", type: "text", "data-writes": true, maxlength: WORDS_CHARS_MAX, autocomplete: "off", ...attributes });
  let timer = 0;
  const send = () => {
    clearTimeout(timer);
    timer = 0;
    delete field.dataset["typing"];
    keep(field.value);
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    field.dataset["typing"] = "";
    timer = window.setTimeout(send, PAUSE_MS);
  });
  field.addEventListener("change", send);
  return field;
}

/** Shows what others wrote, unless somebody is typing there just now. */
export function show(field: HTMLInputElement | HTMLSelectElement, words: string): void {
  if (field.dataset["typing"] === undefined && field.value !== words) field.value = words;
}
