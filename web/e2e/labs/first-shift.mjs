// First shift, by the forms of the chart.
import assert from "node:assert/strict";
import { answer, ask, brief, openChart, waitForCheck, work } from "./workspace.mjs";

/** What the brief of this attempt asks for. */
export async function read(page) {
  const text = await brief(page);
  const one = (pattern) => {
    const found = pattern.exec(text);
    assert.ok(found, `${pattern} is not in the brief: ${text}`);
    return found.slice(1);
  };
  const [name, born, sex] = one(/At the desk stands (.+?), born ([\d-]+), (\w+),/);
  const [phone] = one(/telephone today is ([\d-]+)/);
  const [street, city, postal] = one(/the address is (.+?), (.+?) (\d{5})/);
  const [bed] = one(/Bed (\S+) on/);
  const [moves, movesMrn, target] = one(/([A-Z][^.]+?) \((\S+)\) needs closer watching and goes up to bed (\S+) in/);
  const [leaves, leavesMrn] = one(/([A-Z][^.]+?) \((\S+)\) has the letter/);
  const [given, ...family] = name.split(" ");
  return { given, family: family.join(" "), born, sex, phone, street, city, postal, bed, moves, movesMrn, target, leaves, leavesMrn };
}

/** The label of the bed on the banner of the open chart. */
async function bedOf(page) {
  const tag = await page.locator(".patient .tag-accent").first().innerText();
  return tag.split(",")[0].trim();
}

/** Fills the form for a new patient and sends it. */
export async function register(page, root, who) {
  await page.goto(`${root}/patients`);
  await page.getByRole("link", { name: "Register a patient" }).click();
  await work(page).getByLabel("Family name").fill(who.family);
  await work(page).getByLabel("Given names").fill(who.given);
  await work(page).getByLabel("Date of birth").fill(who.born);
  await work(page).getByLabel("Administrative sex").selectOption(who.sex);
  await work(page).getByLabel("Telephone").fill(who.phone);
  await work(page).getByLabel("Street and number").fill(who.street);
  await work(page).getByLabel("Town").fill(who.city);
  await work(page).getByLabel("Postal code").fill(who.postal);
  await work(page).getByRole("button", { name: "Register" }).click();
}

/** Chooses a bed by the label on its door. */
async function chooseBed(page, label) {
  const select = work(page).getByLabel(/^Bed/);
  const value = await select.locator("option").evaluateAll((options, label) => options.find((it) => it.textContent.startsWith(`${label},`))?.value, label);
  assert.ok(value, `bed ${label} is free`);
  await select.selectOption(value);
}

/** Puts today's number and address into a chart that is there already. */
async function updateContact(page, root, who, id) {
  await page.goto(`${root}/fhir`);
  const { body: patient } = await ask(page, "GET", `Patient/${id}`);
  const version = patient.meta.versionId;
  patient.telecom = [{ system: "phone", value: who.phone, use: "home" }];
  patient.address = [{ use: "home", line: [who.street], city: who.city, postalCode: who.postal }];
  assert.equal((await ask(page, "PUT", `Patient/${id}`, { ifMatch: `W/"${version}"`, body: patient })).status, 200);
}

/** Plays the whole lab. `look` is called with a name at moments worth a picture. */
export async function play(page, root, look = async () => {}) {
  const who = await read(page);
  const known = await openChart(page, root, `${who.given} ${who.family} ${who.born}`);
  if (known) {
    const id = page.url().match(/patients\/([^/]+)\/summary/)[1];
    await updateContact(page, root, who, id);
    await page.goto(`${root}/patients/${id}/summary`);
  } else {
    await register(page, root, who);
    await page.waitForURL(/\/summary/);
    await page.getByText(/^Registered /).waitFor();
  }
  await waitForCheck(page, "contact", "passed");
  await page.getByRole("link", { name: "Admit…" }).click();
  await look("admit");
  await chooseBed(page, who.bed);
  await work(page).getByLabel("Why the patient comes in").fill("Sent in by the family doctor");
  await work(page).getByRole("button", { name: "Admit" }).click();
  await page.getByText(/^Admitted /).waitFor();
  await waitForCheck(page, "admitted", "passed");
  await page.getByRole("link", { name: "Record vital signs…" }).click();
  for (const [label, value] of [["Systolic pressure", "128"], ["Diastolic pressure", "82"], ["Heart rate", "78"], ["Temperature", "36.9"]]) {
    await work(page).getByLabel(label).fill(value);
  }
  await work(page).getByRole("button", { name: "Record", exact: true }).click();
  await page.getByText(/^Recorded 3 measurements/).waitFor();
  await waitForCheck(page, "vitals", "passed");
  await look("admitted");

  await openChart(page, root, who.movesMrn);
  const freed = [await bedOf(page)];
  await page.getByRole("link", { name: "Transfer…" }).click();
  await chooseBed(page, who.target);
  await work(page).getByRole("button", { name: "Transfer" }).click();
  await page.getByText(/^Transferred to/).waitFor();
  await waitForCheck(page, "transferred", "passed");

  await openChart(page, root, who.leavesMrn);
  freed.push(await bedOf(page));
  await page.getByRole("link", { name: "Discharge…" }).click();
  await work(page).getByLabel("Goes to").selectOption("home");
  await work(page).getByRole("button", { name: "Discharge" }).click();
  await page.getByText(/^Discharged /).waitFor();
  await waitForCheck(page, "discharged", "passed");

  await answer(page, "beds-freed", freed.join(", "));
  await page.getByText("Lab finished").first().waitFor();
  await look("finished");
  return { who, freed };
}
