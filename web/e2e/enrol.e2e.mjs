// A house that speaks TLS with the authority of its classroom: the page on which a device is enrolled, as the device sees it.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { X509Certificate } from "node:crypto";
import { link, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { assertNoTrouble, launch, open, skip as noBrowser } from "./browser.mjs";
import { lookAt } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";

const skip = noBrowser || noBinary;
/** A device that is not enrolled yet, whose owner goes on past the warning. */
const NEW_DEVICE = { ignoreHTTPSErrors: true };

let browser;
let shared;
let practicum;
let folder;

before(async () => {
  if (skip) return;
  // This process is such a device too: it asks whether the house answers before it knows the authority.
  process.env.NODE_TLS_REJECT_UNAUTHORIZED = "0";
  shared = await start();
  folder = await mkdtemp(path.join(tmpdir(), "practicum-enrol-"));
  // The image is built once; another house may have it by a link.
  await mkdir(path.join(folder, "images"));
  for (const name of await readdir(path.join(shared.data, "images"))) await link(path.join(shared.data, "images", name), path.join(folder, "images", name));
  practicum = await start({ own: folder, settings: { tls: "true" } });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await practicum?.stop();
  await shared?.stop();
  if (folder) await rm(folder, { recursive: true, force: true });
});

test("a device finds the house, compares the fingerprint and gets the authority it is to trust", { skip }, async () => {
  assert.match(practicum.url, /^https:/);
  const page = await open(browser, NEW_DEVICE);
  await page.goto(`${practicum.url}/enrol`);
  assert.ok(await page.evaluate(() => window.isSecureContext), "cameras and headsets open here");
  await page.getByRole("img", { name: "The address of this page as a QR code" }).waitFor();
  const waits = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the certificate" }).click();
  const parts = [];
  for await (const part of await (await waits).createReadStream()) parts.push(part);
  const authority = new X509Certificate(Buffer.concat(parts));
  assert.ok(authority.ca && authority.verify(authority.publicKey));
  // What a person compares is what the device would show of the file.
  await page.getByText(authority.fingerprint256, { exact: true }).waitFor();
  assertNoTrouble(page);
  await lookAt(browser, `${practicum.url}/enrol`, "enrol", { options: NEW_DEVICE });
});
