// An order set and an alert without fatigue: both by the forms of Build, then a trial that ends before the signature.
import { brief, openChart, waitForCheck, work } from "./workspace.mjs";

/** What the browser's console may say: the trial is refused, as it should be. */
export const refused = /422/;

const IS_NSAID = "%orderable.topic.coding.where(code = 'nsaid').exists()";

/** What the committee decided, as a rule: where it stands in Build, and when it speaks. */
function decided(text) {
  const limit = /(?:is below|is above) ([\d.]*\d) (?:mmol\/L|is interrupted)/.exec(text)?.[1];
  if (text.includes("whose eGFR is below")) return { id: "rule-nsaid-kidney", trial: "med-naproxen", when: `${IS_NSAID} and %egfr < ${limit}` };
  if (text.includes("newest potassium is above")) {
    const high = `%results.where(code.coding.code = '2823-3').valueQuantity.where(value > ${limit}).exists()`;
    return { id: "rule-potassium-high", trial: "med-potassium-chloride", when: `%orderable.topic.coding.where(code = 'potassium').exists() and ${high}` };
  }
  const other = "$this.endsWith('/med-ibuprofen') or $this.endsWith('/med-naproxen')";
  return { trial: "med-naproxen", when: `${IS_NSAID} and %orders.where(status = 'active').instantiatesCanonical.where(${other}).exists()` };
}

/** What the brief of this attempt asks for. */
export async function read(page) {
  const text = await brief(page);
  const [, set, needed, unticked] = /The order set .+? \((set-\S+?)\): tick .+? \((\S+?)\) to begin with; keep offering (.+?), but untick it/.exec(text);
  const mrn = /record number (\S+?), bed/.exec(text)[1];
  return { set, needed, unticked: `med-${unticked.toLowerCase().replaceAll(" ", "-")}`, mrn, rule: decided(text) };
}

/** The lines of a set with one ticked and one not, whatever they were; all others stay. */
function mended(lines, needed, unticked) {
  const others = lines.split("\n").filter((line) => line.split(" ")[0] !== needed);
  return [`${needed} ticked`, ...others.map((line) => (line.startsWith(unticked) ? unticked : line))].join("\n");
}

async function writeRule(page, root, { id, when }) {
  await page.goto(id ? `${root}/build/rule?id=${id}` : `${root}/build/rule`);
  await work(page).getByLabel("Title").fill("What the committee decided");
  await work(page).getByLabel("State").selectOption("active");
  await work(page).getByLabel("Speaks when").fill(when);
  await work(page).getByLabel("How loudly").selectOption("warning");
  await work(page).getByLabel("What it says").fill("The medication committee advises against this order.");
  await work(page).getByRole("button", { name: "Keep as a new version" }).click();
  await page.getByText("Kept What the committee decided.").waitFor();
}

/** Plays the whole lab. `look` is called with a name at moments worth a picture. */
export async function play(page, root, look = async () => {}) {
  const { set, needed, unticked, mrn, rule } = await read(page);
  await page.goto(`${root}/build/order-set?id=${set}`);
  const items = work(page).getByLabel("Items");
  await items.fill(mended(await items.inputValue(), needed, unticked));
  await work(page).getByRole("button", { name: "Keep as a new version" }).click();
  await waitForCheck(page, "set-complete", "passed");
  await look("order-set");

  await openChart(page, root, mrn);
  const chart = page.url().replace("/summary", "");
  await page.goto(`${chart}/order?orderable=${rule.trial}`);
  await work(page).getByRole("button", { name: "Draft the order" }).click();
  await page.getByText(/^Drafted/).waitFor();
  await writeRule(page, root, { ...rule, when: "status = 'draft'" });
  await page.goto(`${chart}/orders`);
  await work(page).getByRole("button", { name: "Sign", exact: true }).click();
  await waitForCheck(page, "tried", "passed");
  await page.getByRole("button", { name: "Check now" }).click();
  await waitForCheck(page, "alert", "failed");
  await look("fires-on-everything");

  await writeRule(page, root, { ...rule, id: rule.id ?? (await lastRule(page, root)) });
  await page.getByText("Lab finished").first().waitFor();
  await look("finished");
}

/** The id of the rule that was written first. */
async function lastRule(page, root) {
  await page.goto(`${root}/build`);
  await work(page).getByRole("link", { name: "What the committee decided" }).click();
  await page.waitForURL(/rule\?id=/);
  return new URL(page.url()).searchParams.get("id");
}
