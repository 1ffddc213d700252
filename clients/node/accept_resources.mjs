// The `fhir` package validates a sample of every resource type in a folder of NDJSON files.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import fhir from "fhir";

const SAMPLE = 200;
const validator = new fhir.Fhir();

/** The NDJSON files, one for each type. */
export async function files(folder) {
  const found = (await readdir(folder)).filter((name) => name.endsWith(".ndjson")).sort();
  if (found.length === 0) throw new Error(`no NDJSON files in ${folder}`);
  return found.map((name) => path.join(folder, name));
}

/** Every sampled line of a file is valid: no error, and no member the type does not have. */
export async function accept(file) {
  const lines = (await readFile(file, "utf8")).split("\n").filter((line) => line !== "");
  const step = Math.max(1, Math.floor(lines.length / SAMPLE));
  for (let number = 0; number < lines.length; number += step) {
    const resource = JSON.parse(lines[number]);
    const { messages } = validator.validate(resource, { errorOnUnexpected: true });
    const errors = messages.filter((message) => message.severity === "error" && !isFalseTakenForMissing(message, resource));
    if (errors.length > 0) throw new Error(`${path.basename(file)}, line ${number + 1}: ${JSON.stringify(errors)}`);
  }
}

/** The package takes `"valueBoolean": false` for no value at all. */
function isFalseTakenForMissing({ location, message }, resource) {
  const [, ...steps] = location.split(/[.[\]]+/).filter((step) => step !== "");
  if (message !== "Missing property" || !location.endsWith(".value[x]")) return false;
  const holder = steps.slice(0, steps.indexOf("value")).reduce((value, step) => value?.[step], resource);
  return holder?.valueBoolean === false;
}
