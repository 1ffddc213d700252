// A cold release build, with nothing compiled before, and the first page of a first start after it.
import path from "node:path";
import { figure } from "./shared/figures.mjs";
import { withFolder } from "./shared/practicum.mjs";
import { cost } from "./shared/program.mjs";

const root = path.join(import.meta.dirname, "..");

await withFolder(async (target) => {
  const words = ["cargo", "build", "--release", "--package", "practicum"];
  const built = await cost(words, { cwd: root, env: { ...process.env, CARGO_TARGET_DIR: target } });
  figure("cold release build, wall", built.wall / 60, "min");
  figure("cold release build, CPU", built.cpu, "s");
  const first = await cost([process.execPath, path.join(root, "benches/start.mjs"), path.join(target, "release/practicum")]);
  process.stdout.write(first.output);
});
