// One Chromium for all browser tests: the first on the path, or what PRACTICUM_CHROMIUM names.
import { chromium } from "playwright-core";
import { existsSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import assert from "node:assert/strict";

const here = path.dirname(new URL(import.meta.url).pathname);
const NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const onPath = () => NAMES.flatMap((name) => process.env.PATH.split(path.delimiter).map((folder) => path.join(folder, name))).find(existsSync);
const executablePath = process.env.PRACTICUM_CHROMIUM ?? onPath();
const axe = readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** True where nobody will look at pictures and time counts: set PRACTICUM_LOOK=brief. */
export const IS_BRIEF = process.env.PRACTICUM_LOOK === "brief";

export const results = path.join(here, "results");

/** Why browser tests cannot run here, or false if they can: the `skip` option of node:test. */
export const skip = executablePath ? false : `none of ${NAMES.join(", ")} is on the path; install one or set PRACTICUM_CHROMIUM`;

/** Draws in three dimensions without a graphics card, and has a camera that sees a test picture. */
const DRAWS = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist", "--use-fake-device-for-media-stream"];

/** Starts the browser, one that draws in three dimensions if asked. The caller closes it. */
export function launch({ draws = false } = {}) {
  return chromium.launch({ executablePath, args: ["--no-sandbox", ...(draws ? DRAWS : [])] });
}

/** The two widths that every page is looked at in. */
export const WINDOWS = {
  wide: { viewport: { width: 1280, height: 800 } },
  narrow: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

/** A view is a width and a colour scheme; the rest are options of a browser's context. */
const view = (width, colorScheme) => ({ name: `${width}-${colorScheme}`, width, colorScheme, ...WINDOWS[width] });
export const VIEWS = ["wide", "narrow"].flatMap((width) => [view(width, "light"), view(width, "dark")]);

/**
 * How long anything is waited for. Far more than anybody would wait: a busy machine is no mistake of what is tested, and what never
 * comes fails all the same.
 */
const PATIENCE_MS = 120_000;

/** A page that fails the test on a script error, a console error, a refused resource or a request to another host. */
export async function open(browser, options = {}) {
  const context = await browser.newContext({ reducedMotion: "reduce", ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  page.troubles = [];
  page.on("pageerror", (error) => page.troubles.push(`script: ${error.message}`));
  page.on("console", (message) => message.type() === "error" && page.troubles.push(`console: ${message.text()} ${message.location().url}`.trim()));
  page.on("request", (request) => {
    const { protocol, hostname } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "127.0.0.1") page.troubles.push(`left the machine: ${request.url()}`);
  });
  return page;
}

/** Asserts that nothing went wrong on `page` so far, apart from what matches `expected` (a 409 the test provoked, say). */
export function assertNoTrouble(page, expected = /^$/) {
  assert.deepEqual(page.troubles.filter((it) => !expected.test(it)), []);
}

/** Runs axe with the WCAG 2.0 to 2.2 A and AA rules and its best practices, or with some rules only; asserts that it finds nothing. */
export async function assertAccessible(page, what, rules) {
  // Run in a world of its own, so that the page's content security policy stays as strict as it is.
  if (!(await page.evaluate(() => "axe" in globalThis))) await page.evaluate(await axe);
  const runOnly = rules ? { type: "rule", values: rules } : { type: "tag", values: STANDARDS };
  const { violations } = await page.evaluate((runOnly) => globalThis.axe.run(document, { runOnly, resultTypes: ["violations"], preload: false }), runOnly);
  const found = violations.map((it) => `${it.id}: ${it.help}\n${it.nodes.map((node) => `    ${node.html.slice(0, 160)}\n    ${node.failureSummary}`).join("\n")}`);
  assert.deepEqual(found, [], `axe on ${what}`);
}

/** Asserts that the page does not scroll sideways (WCAG 2.2, 1.4.10). */
export async function assertReflow(page, what) {
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  assert.ok(content <= window, `${what} is ${content} px wide in a window of ${window} px`);
}

/** Keeps a picture of what the window shows: of a headset's two eyes, say, which fill it. */
export async function glimpse(page, name) {
  await mkdir(results, { recursive: true });
  await page.screenshot({ path: path.join(results, `${name}.png`) });
}

/** Keeps a picture of the whole page in e2e/results, unless the look is brief. */
export async function picture(page, name) {
  if (IS_BRIEF) return;
  await mkdir(results, { recursive: true });
  await page.screenshot({ path: path.join(results, `${name}.png`), fullPage: true });
}
