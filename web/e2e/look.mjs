// Pages in every view: a wide window and a phone's go from page to page side by side, and the colours change under them.
import { assertAccessible, assertNoTrouble, assertReflow, IS_BRIEF, open, picture, VIEWS, WINDOWS } from "./browser.mjs";

/** In a brief look each width is judged in one scheme of colours, so that both widths and both schemes are seen. */
const BRIEFLY = ["wide-light", "narrow-dark"];

/** What axe looks at in the colours. All else it judges is the same in the light and in the dark, and judged once. */
const OF_COLOURS = ["color-contrast", "link-in-text-block"];

/**
 * Looks at pages, each `{ url, name, expected }`, in every view (in a brief look, in two of the four): picture, axe, reflow, no trouble but the expected.
 * `storageState` carries a sign-in along, `options` are more of the browser's context.
 */
export function lookAtAll(browser, pages, { storageState, options } = {}) {
  return Promise.all(Object.entries(WINDOWS).map(([width, window]) => walk(browser, pages, width, { ...window, ...options, storageState })));
}

/** Looks at one page in every view. */
export function lookAt(browser, url, name, { storageState, expected, options } = {}) {
  return lookAtAll(browser, [{ url, name, expected }], { storageState, options });
}

async function walk(browser, pages, width, window) {
  const page = await open(browser, window);
  for (const { url, name, expected } of pages) {
    page.troubles = [];
    const [first, ...others] = VIEWS.filter((view) => view.width === width && (!IS_BRIEF || BRIEFLY.includes(view.name)));
    await page.emulateMedia({ colorScheme: first.colorScheme });
    await page.goto(url);
    await settled(page);
    await see(page, `${name}-${first.name}`);
    for (const view of others) {
      await page.emulateMedia({ colorScheme: view.colorScheme });
      await see(page, `${name}-${view.name}`, OF_COLOURS);
    }
    await assertReflow(page, `${name} ${width}`);
    assertNoTrouble(page, expected);
  }
  await page.context().close();
}

/** Waits for the parts of a page that ask for themselves once the page is there. */
export function settled(page) {
  return page.waitForFunction(() => !document.querySelector('[hx-trigger="load"] .spinner, shared-board:not([data-ready])'));
}

async function see(page, name, rules) {
  await picture(page, name);
  await assertAccessible(page, name, rules);
}
