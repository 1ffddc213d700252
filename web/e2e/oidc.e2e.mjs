// Signing in at the provider of one's school: a certified OpenID provider by others, and a Practicum of its own that trusts it.
import { after, before, test } from "node:test";
import assert from "node:assert/strict";
import { link, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Provider } from "oidc-provider";
import { assertAccessible, assertNoTrouble, launch, open, skip as noBrowser } from "./browser.mjs";
import { lookAt } from "./look.mjs";
import { skip as noBinary, start } from "./practicum.mjs";
import { addLearner, asInstructor } from "./people.mjs";

const skip = noBrowser || noBinary;
const SECRET = "a secret of forty characters, or about so";
/** Who has an account at the provider: what it says of them, by the name they sign in with there. */
const PEOPLE = {
  ana: { email: "Ana.Lund@college.example", email_verified: true, name: "Ana Lund" },
  eve: { email: "ana.lund@college.example", email_verified: false, name: "Eve" },
};

let browser;
let shared;
let practicum;
let served;
let folder;

/** A port that is free now. */
async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** The provider: it asks for a name and any password, and for consent. */
async function provider(port, back) {
  const one = new Provider(`http://127.0.0.1:${port}`, {
    clients: [{ client_id: "practicum", client_secret: SECRET, redirect_uris: [back], token_endpoint_auth_method: "client_secret_post" }],
    cookies: { keys: ["only for this test"] },
    claims: { openid: ["sub"], email: ["email", "email_verified"], profile: ["name"] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({ accountId: id, claims: async () => ({ sub: `subject-of-${id}`, ...PEOPLE[id] }) }),
  });
  const server = one.listen(port, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  return server;
}

before(async () => {
  if (skip) return;
  shared = await start();
  folder = await mkdtemp(path.join(tmpdir(), "practicum-oidc-"));
  // The image is built once; another house may have it by a link.
  await mkdir(path.join(folder, "images"));
  for (const name of await readdir(path.join(shared.data, "images"))) await link(path.join(shared.data, "images", name), path.join(folder, "images", name));
  const [at, house] = [await freePort(), await freePort()];
  await writeFile(path.join(folder, "secret"), `${SECRET}\n`);
  served = await provider(at, `http://127.0.0.1:${house}/sign-in/oidc/back`);
  practicum = await start({
    own: folder,
    settings: {
      port: `${house}`,
      oidc_issuer: `http://127.0.0.1:${at}`,
      oidc_client_id: "practicum",
      oidc_client_secret_file: path.join(folder, "secret"),
      oidc_title: "Riverside College",
    },
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await practicum?.stop();
  await shared?.stop();
  served?.closeAllConnections();
  served?.close();
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** Goes to the provider as somebody, and comes back. */
async function signIn(page, name) {
  await page.getByRole("link", { name: "Sign in with Riverside College" }).click();
  await page.getByPlaceholder("Enter any login").fill(name);
  await page.getByPlaceholder("and password").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL(`${practicum.url}/**`);
}

test("whoever has an account here signs in at their provider, and nobody else", { skip }, async () => {
  const { url, run } = practicum;
  const instructor = await asInstructor(browser, run);
  await addLearner(instructor, url, "Ana Lund", "ana.lund@college.example");
  await instructor.context().close();

  const ana = await open(browser);
  await ana.goto(`${url}/labs/first-shift`);
  await lookAt(browser, ana.url(), "sign-in-provider");
  await signIn(ana, "ana");
  assert.equal(ana.url(), `${url}/labs/first-shift`, "she goes on to where she wanted");
  const kept = await ana.context().storageState();
  await ana.context().clearCookies();
  await ana.goto(`${url}/sign-in`);
  await signIn(ana, "ana");
  await ana.getByText("Ana Lund").first().waitFor();

  // An address that nobody has verified opens no account, though it is hers.
  const eve = await open(browser);
  await eve.goto(`${url}/sign-in`);
  await signIn(eve, "eve");
  await eve.getByText("nobody here has that login").waitFor();
  await assertAccessible(eve, "nobody here");

  // What comes back belongs to the browser that went, and is good once.
  const { origin } = new URL(url);
  const stranger = await open(browser);
  for (const back of ["?code=x&state=y", "?error=access_denied&state=y", ""]) {
    await stranger.goto(`${origin}/sign-in/oidc/back${back}`);
    await stranger.getByText("this sign-in has ended or was begun elsewhere").waitFor();
  }
  served.closeAllConnections();
  await new Promise((resolve) => served.close(resolve));
  await stranger.goto(`${url}/sign-in`);
  await stranger.getByRole("link", { name: "Sign in with Riverside College" }).click();
  await stranger.getByText("the provider cannot be asked right now").waitFor();
  const again = await open(browser, { storageState: kept });
  await again.goto(url);
  await again.getByText("Ana Lund").first().waitFor();
  // The provider's own pages ask for a font that is not on this machine.
  const theirs = "fonts.googleapis.com|ERR_NAME_NOT_RESOLVED|404";
  assertNoTrouble(ana, new RegExp(theirs));
  assertNoTrouble(again);
  assertNoTrouble(eve, new RegExp(`${theirs}|401`));
  assertNoTrouble(stranger, /401|502/);
  for (const page of [ana, eve, stranger, again]) await page.context().close();
});
