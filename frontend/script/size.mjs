/**
 * What a first visit of each kind of page downloads (gzip), from the build's manifest; fails above the ceiling.
 *
 * Counted per page: the entry, the page's own chunk and what both import, and the parts that the page shows at once
 * although they load by themselves (a board's columns, the record on a phone). `--files PAGE` lists them.
 */
import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";

const root = new URL(process.env.SIZE_ROOT ?? "../../guanxi/web/static/app/", import.meta.url);
const ceiling = 400_000;
const manifest = JSON.parse(readFileSync(new URL(".vite/manifest.json", root), "utf8"));

const records = ["src/engine/records/RecordPage.tsx"];
const lists = ["src/engine/views/ObjectPage.tsx"];
const tables = [...lists, "src/engine/views/table/TableView.tsx"];
const step = (name) => ["src/engine/transfer/ImportPage.tsx", `src/engine/transfer/steps/${name}Step.tsx`];
const settings = ["src/engine/settings/SettingsLayout.tsx"];
const access = ["src/engine/access/AccessLayout.tsx"];

/** The pages one can open by a link, each with what it shows at once. */
const pages = {
  workbench: ["src/domains/workbench/WorkbenchPage.tsx"],
  list: tables,
  "list with preview": [...tables, "src/engine/views/preview/PreviewPane.tsx"],
  "list on a phone": [...tables, "src/engine/views/table/CardList.tsx"],
  board: [...lists, "src/engine/views/board/Board.tsx", "src/engine/views/board/BoardSwitches.tsx"],
  record: records,
  "record on a phone": [...records, "src/engine/records/phone/PhoneRecord.tsx"],
  "import: upload": step("Upload"),
  "import: map": step("Map"),
  "import: preview": step("Preview"),
  "import: fix": step("Fix"),
  "import: done": step("Done"),
  messages: ["src/engine/notifications/MessagesPage.tsx"],
};
for (const key of Object.keys(manifest)) {
  const name = /\/([A-Za-z]+)Page\.tsx$/.exec(key)?.[1];
  if (key.startsWith("src/engine/settings/")) pages[`settings: ${name}`] = name && [...settings, key];
  if (key.startsWith("src/engine/access/")) pages[`access: ${name}`] = name && [...access, key];
}

const sizes = new Map();
const sizeOf = (file) => {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, root))).length);
  return sizes.get(file);
};
function filesOf(keys) {
  const files = new Set();
  const visit = (key) => {
    const chunk = manifest[key];
    if (!chunk || files.has(chunk.file)) return;
    files.add(chunk.file);
    for (const css of chunk.css ?? []) files.add(css);
    for (const next of chunk.imports ?? []) visit(next);
  };
  for (const key of ["index.html", ...keys]) visit(key);
  return [...files];
}
const sum = (files) => files.reduce((total, file) => total + sizeOf(file), 0);
const kB = (bytes) => `${(bytes / 1000).toFixed(1).padStart(6)} kB`;

const listed = process.argv[2] === "--files" ? process.argv[3] : undefined;
if (listed) for (const file of filesOf(pages[listed] ?? [])) console.log(`${kB(sizeOf(file))}  ${file}`);

console.log(`${kB(sum(filesOf([])))}  entry`);
let tooBig = 0;
for (const [name, keys] of Object.entries(pages)) {
  if (!keys) continue;
  const lost = keys.filter((key) => key !== access[0] && !manifest[key]);
  if (lost.length) throw new Error(`${name}: ${lost.join(", ")} is no chunk of its own; put the size check right`);
  const total = sum(filesOf(keys));
  if (total > ceiling) tooBig += 1;
  console.log(`${kB(total)}  ${name}${total > ceiling ? "  TOO BIG" : ""}`);
}
console.log(`ceiling ${ceiling / 1000} kB`);
if (tooBig) process.exit(1);
