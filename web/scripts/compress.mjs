// Compresses the built files that are worth it, with brotli: the server sends them as they are.
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants } from "node:zlib";

const compressible = /\.(js|css|html|svg)$/;
const worthIt = 1000;

for (const name of readdirSync("dist", { recursive: true })) {
  const file = join("dist", name);
  if (!compressible.test(file) || statSync(file).size < worthIt) continue;
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  writeFileSync(`${file}.br`, brotliCompressSync(readFileSync(file), { params }));
}
