// Fails if the first load of the list of watches needs more compressed script than the budget.
import { existsSync, readFileSync, statSync } from "node:fs";

const budget = 200_000; // bytes
const manifest = JSON.parse(readFileSync("dist/.vite/manifest.json", "utf8"));
const files = new Set();

function add(key) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`${key} is not in the manifest`);
  if (files.has(chunk.file)) return;
  files.add(chunk.file);
  for (const imported of chunk.imports ?? []) add(imported);
}

add("index.html");
add("src/pages/watches/WatchesPage.tsx");

let total = 0;
for (const name of files) {
  const file = existsSync(`dist/${name}.br`) ? `dist/${name}.br` : `dist/${name}`;
  total += statSync(file).size;
}
console.log(
  `first load of the list: ${(total / 1000).toFixed(1)} kB of compressed script in ${files.size} files, of ${budget / 1000} kB`,
);
if (total > budget) process.exit(1);
