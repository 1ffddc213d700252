// The critical result nobody acknowledged: compare what waits, read back by the form, and write a note.
import { answer, ask, brief, resources, waitForCheck, work } from "./workspace.mjs";

const MRN = "https://practicum.example/mrn";
const WAITING = "Task?code=https://practicum.example/task%7Cacknowledge-result&status=requested&_include=Task:focus&_count=50";

/** The policy, in minutes, and the moment the brief speaks of. */
export async function read(page) {
  const text = await brief(page);
  return { policy: Number(/acknowledged within (\d+) minutes/.exec(text)[1]), now: /It is (\S+?), and you are the nurse/.exec(text)[1] };
}

/** Of the results that wait, the one that is critical, valid, and beyond its time. */
export async function find(page, root, { policy, now }) {
  await page.goto(`${root}/fhir`);
  const results = resources((await ask(page, "GET", WAITING)).body).filter((it) => it.resourceType === "Observation");
  const flag = (it) => it.interpretation?.[0].coding[0].code;
  const waited = (it) => Math.round((Date.parse(now) - Date.parse(it.issued)) / 60_000);
  const late = results.find((it) => it.status === "final" && ["HH", "LL"].includes(flag(it)) && waited(it) > policy);
  const longest = results.reduce((one, other) => (waited(one) >= waited(other) ? one : other));
  return { late, over: waited(late) - policy, longest };
}

/** The record number of whoever a result is of. */
async function numberOf(page, result) {
  const { body: patient } = await ask(page, "GET", result.subject.reference);
  return patient.identifier.find((it) => it.system === MRN).value;
}

/** Plays the whole lab. `look` is called with a name at moments worth a picture. */
export async function play(page, root, look = async () => {}) {
  const asked = await read(page);
  const { late, over, longest } = await find(page, root, asked);
  await answer(page, "whose", await numberOf(page, longest));
  await page.getByRole("button", { name: "Check now" }).click();
  await waitForCheck(page, "whose", "failed");
  await answer(page, "whose", await numberOf(page, late));
  await waitForCheck(page, "whose", "passed");
  await answer(page, "how-late", String(over));
  await waitForCheck(page, "how-late", "passed");

  await page.goto(`${root}/in-basket`);
  await look("in-basket");
  await work(page).locator(`a[href*="${late.id}"]`).first().click();
  // As it stands there: 7.0 is not 7.
  const [value] = /\d+(\.\d+)?/.exec(await work(page).locator(".facts dd").first().innerText());
  await work(page).getByLabel("Read back").fill(`${await work(page).locator(".patient code").first().textContent()}, ${value}`);
  await work(page).getByLabel("What is done about it").fill("The doctor on call is on the way; repeat in one hour");
  await work(page).getByRole("button", { name: "Acknowledge", exact: true }).click();
  await waitForCheck(page, "acknowledged", "passed");

  await page.goto(`${root}/patients/${late.subject.reference.replace("Patient/", "")}/note`);
  await work(page).getByLabel("Note", { exact: false }).last().fill(`The laboratory called ${value}, read back. Told the doctor on call.`);
  await work(page).getByRole("button", { name: "Sign and keep" }).click();
  await page.getByText("Lab finished").first().waitFor();
  await look("finished");
}
