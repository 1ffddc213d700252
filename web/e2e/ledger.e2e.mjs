// An auditor's quarter of an hour at the ledger: an entry proven, the archive edited, a second history told. Then contracts and votes. Every page in every
// view.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { assertNoTrouble, launch, skip as noBrowser } from "./browser.mjs";
import { lookAt } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { asDemoLearner } from "./people.mjs";

const skip = noBrowser || noBinary;

let browser;
let practicum;

before(async () => {
  if (skip) return;
  practicum = await start();
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await practicum?.stop();
});

test("an entry is proven, and what was changed is seen", { skip }, async () => {
  const { run, url } = practicum;
  const page = await asDemoLearner(browser, run);
  const headers = { authorization: `Bearer ${run.demo.learner_token}` };
  const started = await page.request.post(`${url}/api/sandboxes`, { headers, data: {} });
  const { id } = await started.json();
  for (let count = 0; count < 12; count++) await page.request.get(`${url}/s/${id}/fhir/Patient?_count=1`, { headers });
  const ledger = `${url}/sandboxes/${id}/ledger`;
  const storageState = await page.context().storageState();

  await page.goto(`${ledger}`);
  await page.getByText("The operator and 3 witnesses signed this.").waitFor();
  await lookAt(browser, ledger, "ledger-honest", { storageState });

  await page.goto(`${ledger}/entry?index=4`);
  await page.getByText("Proven", { exact: true }).waitFor();
  await page.getByLabel("Done by").fill("nobody");
  await page.getByRole("button", { name: "Change the archive" }).click();
  await page.getByText("Not what was sealed").waitFor();
  await lookAt(browser, `${ledger}/entry?index=4`, "ledger-entry-changed", { storageState });

  await page.goto(ledger);
  await page.getByLabel("Entry").fill("2");
  await page.getByLabel("Done by").fill("nobody");
  await page.getByLabel("Told to").selectOption("county");
  await page.getByRole("button", { name: "Tell a second history" }).click();
  await page.getByText("The operator tells a second history").waitFor();
  await page.getByText("does not contain the").waitFor();
  await lookAt(browser, ledger, "ledger-two-histories", { storageState });
  await assertNoTrouble(page);
});

async function hospital() {
  const { run, url } = practicum;
  const page = await asDemoLearner(browser, run);
  const headers = { authorization: `Bearer ${run.demo.learner_token}` };
  const started = await page.request.post(`${url}/api/sandboxes`, { headers, data: {} });
  const { id } = await started.json();
  const rpc = async (method, ...params) => (await (await page.request.post(`${url}/s/${id}/eth`, { headers, data: { jsonrpc: "2.0", id: 1, method, params } })).json()).result;
  return { page, rpc, ledger: `${url}/sandboxes/${id}/ledger`, storageState: await page.context().storageState() };
}

test("a contract is written, compiled in the page and called, and the source goes nowhere", { skip }, async () => {
  const { page, rpc, ledger, storageState } = await hospital();
  await page.goto(`${ledger}/contract`);
  const source = page.getByLabel("Solidity");
  const written = await source.inputValue();
  const requests = [];
  page.context().on("request", (request) => requests.push({ url: request.url(), body: request.postData() ?? "" }));

  await source.fill(written.replace("contract Consent", "contract Broken").replace("emit Revoked", "emit Nothing"));
  await page.getByRole("button", { name: "Compile" }).click();
  await page.getByText("One error.").waitFor();
  await page.locator(".contract-error").first().waitFor();

  await source.fill(written);
  await page.getByRole("button", { name: "Compile" }).click();
  await page.getByText(/^Compiled: Consent, \d+ bytes\.$/).waitFor();
  // The compiler itself is all that was fetched, and from here.
  assert.deepEqual(requests.filter(({ url }) => !url.startsWith(practicum.url) || !/\/assets\/solc/.test(url)), []);
  assert.equal(requests.length, 2);

  await page.getByRole("button", { name: "Deploy" }).click();
  await page.getByText(/^Deployed at 0x/).waitFor();
  assert(requests.every(({ body }) => !body.includes("pragma")), "the source stays in the page");
  await page.getByLabel("Function").fill("grant(address,uint32,uint64)");
  await page.getByLabel("Arguments", { exact: true }).fill("@9\n3\n+86400");
  await page.getByRole("button", { name: "Call" }).click();
  await page.getByText(/^Done in transaction 0x/).waitFor();
  await page.getByLabel("Function").fill("allowed(address,address,uint32)(bool)");
  await page.getByLabel("Arguments", { exact: true }).fill("@0\n@9\n1");
  await page.getByRole("button", { name: "Call" }).click();
  await page.getByText("Answer: true.").waitFor();
  await page.getByLabel("Function").fill("revoke(address)");
  await page.getByLabel("Arguments", { exact: true }).fill("@8");
  await page.getByRole("button", { name: "Call" }).click();
  await page.getByText("execution reverted: nothing was granted").waitFor();
  await assertNoTrouble(page);
  await lookAt(browser, `${ledger}/contract`, "ledger-contract", { storageState });

  // The explorer reads what happened in words.
  await page.goto(`${ledger}/chain`);
  await page.locator("details", { hasText: "called" }).first().locator("summary").click();
  await page.getByText("Granted", { exact: true }).waitFor();
  assert.equal(await rpc("eth_blockNumber"), "0x2");
  await lookAt(browser, `${ledger}/chain`, "ledger-chain", { storageState });
});

test("four validators are watched step by step, and a liar is accused", { skip }, async () => {
  const { page, ledger, storageState } = await hospital();
  await page.goto(`${ledger}/consensus`);
  await page.getByText("Everybody who follows the protocol has decided the same").waitFor();
  const slider = page.getByRole("slider");
  const last = Number(await slider.getAttribute("max"));
  await slider.focus();
  await page.keyboard.press("Home");
  await page.getByText("Nothing has been said yet").first().waitFor();
  await page.keyboard.press("ArrowRight");
  await page.locator("vote-player output", { hasText: `1 of ${last}` }).waitFor();
  await page.getByRole("button", { name: "Step" }).press("Enter");
  await page.locator("vote-player output", { hasText: `2 of ${last}` }).waitFor();
  assert.equal(await page.locator("tr[aria-current]").count(), 1);
  await page.getByRole("button", { name: "Play", exact: true }).press("Enter");
  await page.locator("vote-player output", { hasText: `4 of ${last}` }).waitFor();
  await page.getByRole("button", { name: "Pause" }).press("Enter");
  await lookAt(browser, `${ledger}/consensus`, "ledger-consensus", { storageState });

  await page.getByLabel("county").selectOption("lying");
  await page.getByLabel("summit").selectOption("lying");
  await page.getByRole("button", { name: "Play it" }).click();
  await page.waitForURL(/validator-county=lying/);
  await lookAt(browser, page.url(), "ledger-consensus-liars", { storageState });

  await page.goto(`${ledger}/consensus?seed=11&liars=1`);
  const rows = await page.locator("tbody tr").evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.textContent)));
  const at = ([, , from, says, place]) => [from, says, place].join();
  const one = rows.find((row, nth) => rows.slice(nth + 1).some((other) => at(other) === at(row)));
  const other = rows.find((row) => row !== one && at(row) === at(one));
  await page.getByRole("textbox", { name: "Message", exact: true }).fill(one[0]);
  await page.getByLabel("Contradicts message").fill(other[0]);
  await page.getByRole("button", { name: "Bring it forward" }).click();
  await page.getByText("has signed two things that exclude each other").waitFor();
  await assertNoTrouble(page);
});
