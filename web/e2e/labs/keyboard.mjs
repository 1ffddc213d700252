// A hand without a mouse: what it reaches, it reaches with Tab.
import assert from "node:assert/strict";

const STOPS_MAX = 600;

/** Tabs on until `isThere` holds of the element that has the focus. It runs in the page and gets `what`. */
async function walk(page, what, isThere) {
  for (let stops = 0; stops < STOPS_MAX; stops += 1) {
    if (await page.evaluate(isThere, what)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${what} cannot be reached with Tab`);
}

/** Walks to the element that `selector` names. */
export function walkTo(page, selector) {
  return walk(page, selector, (selector) => document.activeElement?.matches(selector) ?? false);
}

/** Walks to a link or button by its words. */
export function walkToWords(page, words) {
  return walk(page, words, (words) => document.activeElement?.textContent?.trim() === words);
}

/** Walks to a link or button by its words, and follows or presses it. */
export async function press(page, words) {
  await walkToWords(page, words);
  await page.keyboard.press("Enter");
}

/** Replaces what stands in the field at hand. */
export async function type(page, text) {
  await page.keyboard.press("Control+A");
  await page.keyboard.press("Delete");
  await page.keyboard.insertText(text);
}

/** Walks to a field and replaces what stands in it. */
export async function typeInto(page, selector, text) {
  await walkTo(page, selector);
  await type(page, text);
}
