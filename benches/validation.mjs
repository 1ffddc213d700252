// How long it takes to hold a resource to its profile, rules and terminology included. Needs cargo, and no Practicum.
import { execFileSync } from "node:child_process";
import path from "node:path";
import { figure } from "./shared/figures.mjs";

const root = path.resolve(path.dirname(new URL(import.meta.url).pathname), "..");
const example = ["run", "--quiet", "--release", "--package", "fhirpath", "--example", "validation_speed"];
const told = execFileSync("cargo", example, { cwd: root, encoding: "utf8" });
for (const [, name, us] of told.matchAll(/^(.+): ([\d.]+) us$/gm)) figure(name, Number(us), "µs");
