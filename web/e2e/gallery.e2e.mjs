// The components in every view, and the islands that can work without a hospital behind them.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { createServer } from "node:http";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { promisify } from "node:util";
import { tmpdir } from "node:os";
import path from "node:path";
import { assertAccessible, assertNoTrouble, assertReflow, launch, open, picture, skip } from "./browser.mjs";
import { lookAt } from "./look.mjs";

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), "../..");
const TYPES = { html: "text/html; charset=utf-8", css: "text/css", js: "text/javascript", woff2: "font/woff2", svg: "image/svg+xml" };
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";
const EVENT = {
  checks: [{ id: "inactive", state: "passed", sign: "", word: "passed", detail: "3 of 3" }],
  cells: { "no-such-cell": "" },
  say: "Passed: the chart that goes is no longer active",
};

let browser;
let server;
let folder;
let url;
let asked = [];

before(async () => {
  if (skip) return;
  folder = process.env.PRACTICUM_GALLERY ?? (await mkdtemp(path.join(tmpdir(), "practicum-gallery-")));
  if (!process.env.PRACTICUM_GALLERY) {
    await promisify(execFile)("cargo", ["run", "--quiet", "--package", "servers", "--example", "gallery", "--", folder], { cwd: root });
  }
  server = createServer((request, response) => void answer(request, response));
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${server.address().port}`;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  server?.close();
  if (folder && !process.env.PRACTICUM_GALLERY) await rm(folder, { recursive: true, force: true });
});

async function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url, url);
  if (pathname === "/s/q3fzm2ka/fhir/Patient/a1") return fhir(request, response);
  if (pathname === "/events") {
    asked.push(searchParams.get("after"));
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    return response.end(`id: 42\nevent: checks\ndata: ${JSON.stringify(EVENT)}\n\n`);
  }
  const body = await readFile(path.join(folder, path.normalize(pathname))).catch(() => null);
  response.writeHead(body ? 200 : 404, { "Content-Type": TYPES[pathname.split(".").pop()] ?? "text/plain", "Content-Security-Policy": POLICY });
  // The gallery's events come from nowhere; here they come from the branch above.
  response.end(pathname.startsWith("/workspace") ? body.toString().replace('src="#events"', 'src="/events"') : body);
}

async function fhir(request, response) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString();
  asked.push({ method: request.method, ifMatch: request.headers["if-match"], csrf: request.headers["x-csrf-token"], body });
  response.writeHead(200, { "Content-Type": "application/fhir+json", ETag: 'W/"3"' });
  response.end(request.method === "GET" ? '{"resourceType":"Patient","id":"a1","link":[{"other":{"reference":"Patient/a1"}}],"multipleBirthInteger":2.0}' : body);
}

for (const name of ["components", "workspace"]) {
  test(`${name} look right and are accessible in every view`, { skip }, () => lookAt(browser, `${url}/${name}.html`, name));
}

test("nothing is cut off or scrolls sideways at 320 px, as at 400 % zoom", { skip }, async () => {
  const page = await open(browser, { viewport: { width: 320, height: 640 } });
  for (const name of ["components", "workspace"]) {
    await page.goto(`${url}/${name}.html`);
    await assertReflow(page, name);
  }
  await page.context().close();
});

test("live checks change cells, say so and reconnect after the last event", { skip }, async () => {
  asked = [];
  const page = await open(browser);
  await page.goto(`${url}/workspace.html`);
  await page.waitForFunction(() => document.getElementById("check-inactive").dataset.state === "passed");
  assert.equal(await page.locator("#check-inactive .check-word").textContent(), "passed");
  await page.waitForFunction(() => document.getElementById("announcer").textContent.startsWith("Passed:"));
  await page.waitForTimeout(100);
  assert.equal(asked[0], "41");
  assertNoTrouble(page);
  await page.context().close();
});

test("the console reads, edits and updates by keyboard alone", { skip }, async () => {
  asked = [];
  const page = await open(browser);
  await page.goto(`${url}/components.html`);
  const path_ = page.getByLabel("Path", { exact: true });
  await path_.fill("Patient/a1");
  await path_.press("Control+Enter");
  await page.locator("[data-status]", { hasText: "200" }).waitFor();
  assert.match(await page.locator("#console-answer").textContent(), /"multipleBirthInteger": 2\.0/, "numbers stay as they were sent");
  await page.getByRole("button", { name: "Edit and update" }).focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.getByLabel("If-Match").inputValue(), 'W/"3"');

  const body = page.getByLabel("Body", { exact: true });
  await body.fill('{\n  "resourceType": "Patient",\n  "id": "a1",\n}');
  await body.press("Control+Enter");
  assert.match(await page.locator("[data-verdict]").textContent(), /Line 4, column 1: A comma before }/);
  assert.equal(await body.evaluate((area) => area.selectionStart), 45, "the caret stands on the fault");
  assert.equal(asked.filter((it) => it.method === "PUT").length, 0, "nothing broken is sent");

  await body.fill('{"resourceType":"Patient","id":"a1"}');
  await body.press("Control+Enter");
  await page.locator("[data-history] b", { hasText: "PUT" }).waitFor();
  assert.deepEqual(asked.find((it) => it.method === "PUT"), { method: "PUT", ifMatch: 'W/"3"', csrf: "gallery", body: '{"resourceType":"Patient","id":"a1"}' });

  await page.reload();
  assert.equal(await page.locator("[data-history] li").count(), 2, "history survives a reload");
  await page.locator("[data-history] button").first().focus();
  await page.keyboard.press("Enter");
  assert.equal(await page.getByLabel("Body", { exact: true }).inputValue(), '{"resourceType":"Patient","id":"a1"}');
  await page.locator("fhir-console").scrollIntoViewIfNeeded();
  await picture(page, "console-used");
  await assertAccessible(page, "console in use");
  assertNoTrouble(page);
  await page.context().close();
});

test("a dialog holds the focus, closes on Escape and gives the focus back", { skip }, async () => {
  const page = await open(browser);
  await page.goto(`${url}/workspace.html`);
  const opener = page.getByRole("button", { name: "Reset…" });
  await opener.focus();
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Start again from where?" }).waitFor();
  await picture(page, "dialog");
  await assertAccessible(page, "open dialog");
  await page.keyboard.press("Escape");
  assert.ok(await opener.evaluate((it) => it === document.activeElement));
  assertNoTrouble(page);
  await page.context().close();
});

test("the person's menu and the colours work by keyboard, and the choice is kept in a cookie", { skip }, async () => {
  const page = await open(browser);
  await page.goto(`${url}/components.html`);
  await page.getByText("Adaeze Okafor").first().focus();
  await page.locator("summary", { hasText: "Adaeze Okafor" }).press("Enter");
  await page.getByLabel("Dark").check();
  assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), "dark");
  assert.match(await page.evaluate(() => document.cookie), /theme=dark/);
  await picture(page, "menu");
  await assertAccessible(page, "open menu");
  await page.keyboard.press("Escape");
  assert.equal(await page.locator("menu-disclosure details").getAttribute("open"), null);
  assertNoTrouble(page);
  await page.context().close();
});

test("a table is filtered as one types", { skip }, async () => {
  const page = await open(browser);
  await page.goto(`${url}/workspace.html`);
  await page.getByLabel("Filter by name, MRN or date").fill("1958 rosal");
  assert.equal(await page.locator("table-filter tbody tr:visible").count(), 2);
  assert.equal(await page.locator("table-filter output").textContent(), "2 of 4 rows");
  assertNoTrouble(page);
  await page.context().close();
});

test("the skip link is the first stop and leads to the content", { skip }, async () => {
  const page = await open(browser);
  await page.goto(`${url}/components.html`);
  await page.keyboard.press("Tab");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Skip to content");
  await page.keyboard.press("Enter");
  assert.equal(await page.evaluate(() => document.activeElement.id), "main");
  await page.context().close();
});
