/** Prints what a first visit downloads (gzip), from the build manifest; fails above the ceiling. */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const root = new URL("../../guanxi/web/static/app/", import.meta.url);
const ceiling = 400_000;
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", root), "utf8"));
const gz = (file) => gzipSync(readFileSync(new URL(file, root))).length;

const files = new Set();
const visit = (key) => {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const css of chunk.css ?? []) files.add(css);
  for (const next of chunk.imports ?? []) visit(next);
};
// The first page after sign-in is the workbench: the entry, and the lazy chunks that page pulls in.
const firstPages = process.argv.slice(2).length ? process.argv.slice(2) : ["src/domains/workbench/WorkbenchPage.tsx"];
visit("index.html");
const entry = [...files].reduce((sum, file) => sum + gz(file), 0);
for (const page of firstPages) visit(page);
let total = 0;
for (const file of files) {
  const size = gz(file);
  total += size;
  console.log(`${String(size).padStart(8)}  ${file}`);
}
console.log(
  `\nentry ${(entry / 1000).toFixed(1)} kB gz, first load ${(total / 1000).toFixed(1)} kB gz (ceiling ${ceiling / 1000})`,
);
if (total > ceiling) process.exit(1);
