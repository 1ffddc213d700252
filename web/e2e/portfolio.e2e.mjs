// From a finished lab to a badge that a stranger verifies, and that an instructor withdraws.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { assertNoTrouble, launch, open, picture, skip as noBrowser } from "./browser.mjs";
import { lookAt, lookAtAll } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asInstructor, asNewLearner } from "./people.mjs";
import { play } from "./labs/first-shift.mjs";
import { startLab } from "./labs/workspace.mjs";

const skip = noBrowser || noBinary;

let browser;
let practicum;
let url;

before(async () => {
  if (skip) return;
  practicum = await start();
  url = practicum.url;
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await practicum?.stop();
});

test("what a lab showed becomes a badge that a stranger verifies and an instructor withdraws", { skip }, async () => {
  const page = await asNewLearner(browser, practicum.run, "Paula Portfolio", "paula");
  const storageState = await page.context().storageState();
  await lookAt(browser, `${url}/portfolio`, "portfolio-empty", { storageState });

  await play(page, await startLab(page, url, "first-shift"));
  await page.goto(`${url}/portfolio`);
  const card = page.locator("section", { has: page.getByRole("heading", { name: /^Admit, transfer and discharge/ }) }).last();
  await card.getByText("foundation").waitFor();
  // With the keyboard: the button is reached by its name and pressed.
  await card.getByRole("button", { name: "Make a badge" }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("status").getByText(/The badge .* is yours/).waitFor();
  await card.getByRole("link", { name: "Look at the badge" }).click();
  await page.getByText("Genuine and valid").waitFor();
  const address = page.url();
  await lookAtAll(browser, [{ url: `${url}/portfolio`, name: "portfolio" }], { storageState });
  assertNoTrouble(page);

  await lookAtAll(browser, [{ url: address, name: "badge" }, { url: `${url}/credentials`, name: "badge-check" }]);
  const token = await (await fetch(`${address}/badge.jwt`)).text();
  const svg = await (await fetch(`${address}/badge.svg`)).text();
  assert.ok(svg.includes(`<openbadges:credential verify="${token}">`), "the credential is baked into the picture");

  const stranger = await open(browser);
  const check = async (text) => {
    await stranger.goto(`${url}/credentials`);
    await stranger.getByLabel("Signed credential").fill(text);
    await stranger.keyboard.press("Enter");
  };
  await check(token);
  await stranger.getByText("Genuine and valid").waitFor();
  await stranger.getByText("Paula Portfolio").first().waitFor();
  const [header, claims, signature] = token.split(".");
  const forged = JSON.parse(Buffer.from(claims, "base64url"));
  forged.credentialSubject.identifier[0].identityHash = "Somebody Else";
  await check([header, Buffer.from(JSON.stringify(forged)).toString("base64url"), signature].join("."));
  await stranger.getByText("Not genuine").waitFor();
  await picture(stranger, "badge-forged");

  const instructor = await asInstructor(browser, practicum.run);
  await instructor.goto(address);
  await instructor.getByLabel("Reason").fill("Issued by mistake");
  await instructor.getByRole("button", { name: "Withdraw this badge" }).click();
  await instructor.getByText("Issued by mistake").waitFor();
  await check(token);
  await stranger.getByText("Withdrawn", { exact: true }).waitFor();
  assertNoTrouble(stranger, /422/);
  await lookAt(browser, address, "badge-withdrawn");
  for (const one of [page, stranger, instructor]) await one.context().close();
});
