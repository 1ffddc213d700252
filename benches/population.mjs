// Making people: patients to NDJSON for each second of CPU, and the image of 1,000 patients.
import path from "node:path";
import { stat, readdir } from "node:fs/promises";
import { figure } from "./shared/figures.mjs";
import { binary, withFolder } from "./shared/practicum.mjs";
import { cost } from "./shared/program.mjs";

const PATIENTS = 1000;

await withFolder(async (folder) => {
  const generate = (format) => {
    const to = ["--format", format, "--out", path.join(folder, format)];
    return cost([binary(), "population", "generate", "--patients", String(PATIENTS), "--seed", "1", ...to]);
  };
  const lines = await generate("ndjson");
  figure("population to NDJSON", PATIENTS / lines.cpu, "patients for each CPU second");
  figure("population to NDJSON, wall", lines.wall, "s");
  figure("its size", (await size(path.join(folder, "ndjson"))) / 2 ** 20, "MiB");
  const image = await generate("image");
  figure("image of 1,000 patients, wall", image.wall, "s");
  figure("its size", (await size(path.join(folder, "image"))) / 2 ** 20, "MiB");
});

/** Bytes of all files in a folder and below, or of one file. */
async function size(place) {
  const about = await stat(place);
  if (!about.isDirectory()) return about.size;
  const sizes = await Promise.all((await readdir(place)).map((name) => size(path.join(place, name))));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}
