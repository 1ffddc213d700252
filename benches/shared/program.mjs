// Runs a program to its end and says what it cost.
import { spawn } from "node:child_process";

/** Wall, user and system seconds of a program, and what it printed. The shell's own clock sees its children's CPU. */
export function cost(words, options = {}) {
  const script = 'TIMEFORMAT="cost %R %U %S"; time "$@"';
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["-c", script, "bash", ...words], { stdio: ["ignore", "pipe", "pipe"], ...options });
    let output = "";
    let complaints = "";
    child.stdout.on("data", (part) => (output += part));
    child.stderr.on("data", (part) => (complaints += part));
    child.on("error", reject);
    child.on("exit", (code) => {
      const found = complaints.match(/^cost (\S+) (\S+) (\S+)$/m);
      if (code !== 0 || !found) return reject(new Error(`${words.join(" ")} ended with ${code}: ${complaints.slice(-800)}`));
      const [wall, user, system] = found.slice(1).map(Number);
      resolve({ wall, cpu: user + system, output });
    });
  });
}
