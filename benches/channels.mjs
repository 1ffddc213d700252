// Messages that a channel takes through in a second on one core, without a server around it.
import path from "node:path";
import { figure } from "./shared/figures.mjs";
import { cost } from "./shared/program.mjs";

const root = path.join(import.meta.dirname, "..");

const words = ["cargo", "run", "--quiet", "--release", "--package", "channels", "--example", "transform_speed"];
const { output } = await cost(words, { cwd: root });
for (const line of output.trim().split("\n")) {
  const [, name, speed] = /^(.*): (\d+) messages a second$/.exec(line) ?? [];
  if (name) figure(`channel, ${name}`, Number(speed), "messages a second");
}
