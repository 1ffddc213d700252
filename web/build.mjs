// Bundles styles and islands into one folder and lists what came out, for `crates/servers/build.rs` to embed.
// Usage: node build.mjs OUT_DIR. Writes OUT_DIR/files/* and OUT_DIR/assets.tsv (logical name, file name).
import { build } from "esbuild";
import { mkdir, rm, writeFile, readFile, readdir } from "node:fs/promises";
import { gzipSync, constants } from "node:zlib";
import { createHash } from "node:crypto";
import path from "node:path";
import { compiler } from "./compiler.mjs";

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const out = path.resolve(process.argv[2] ?? path.join(here, "dist"));
const files = path.join(out, "files");

await rm(files, { recursive: true, force: true });
await mkdir(files, { recursive: true });

const result = await build({
  absWorkingDir: here,
  entryPoints: { app: "islands/main.ts", rooms: "islands/rooms/main.ts", board: "islands/board/main.ts", "app-style": "styles/app.css", mark: "images/mark.svg" },
  outdir: files,
  bundle: true,
  minify: true,
  metafile: true,
  format: "esm",
  target: ["chrome123", "firefox121", "safari17.5"],
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  loader: { ".woff2": "file", ".svg": "copy" },
  legalComments: "none",
  sourcemap: false,
  logLevel: "warning",
});

// app-ABC.js comes from islands/main.ts and is asked for as "app.js"; fonts are asked for by their hashed name only. What draws in
// three dimensions is large, and a file of its own, and so is what several people write at once: only pages with rooms or a board ask for them.
const SCRIPTS = { "islands/main.ts": "app.js", "islands/rooms/main.ts": "rooms.js", "islands/board/main.ts": "board.js" };
const logical = new Map();
for (const [file, { entryPoint }] of Object.entries(result.metafile.outputs)) {
  if (entryPoint in SCRIPTS) logical.set(path.basename(file), SCRIPTS[entryPoint]);
  if (entryPoint?.endsWith("mark.svg")) logical.set(path.basename(file), "mark.svg");
  if (entryPoint?.endsWith("app.css")) logical.set(path.basename(file), "app.css");
}

// What others wrote and we pass on, under their own terms.
const PASSED_ON = ["solc", "htmx.org", "three", "yjs", "lib0", "@fontsource-variable/ibm-plex-sans", "@fontsource/ibm-plex-mono"];
const ALSO = {
  solc: `
The compiler itself, the files solc-*.wasm.gz and solc-worker-*.js, is a program of its own under the GNU General Public License,
version 3. Its source is https://github.com/argotorg/solidity at the tag of the version that the compiler names.
`,
};
const texts = await Promise.all(PASSED_ON.map((name) => readFile(path.join(here, "node_modules", name, "LICENSE"), "utf8")));
const licences = PASSED_ON.map((name, index) => `${name}\n${"=".repeat(name.length)}\n\n${texts[index].trim()}\n${ALSO[name] ?? ""}`).join("\n\n");
const licencesFile = `licences-${createHash("sha256").update(licences).digest("hex").slice(0, 8).toUpperCase()}.txt`;
await writeFile(path.join(files, licencesFile), licences);
logical.set(licencesFile, "licences.txt");

for (const [file, name] of await compiler(files)) logical.set(file, name);

const rows = [];
for (const file of (await readdir(files)).sort()) {
  rows.push(`${logical.get(file) ?? file}\t${file}`);
  if (/\.(js|css|svg|txt)$/.test(file)) {
    const packed = gzipSync(await readFile(path.join(files, file)), { level: constants.Z_BEST_COMPRESSION });
    await writeFile(path.join(files, `${file}.gz`), packed);
  }
}
await writeFile(path.join(out, "assets.tsv"), rows.join("\n") + "\n");
