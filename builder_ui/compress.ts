/** Puts compressed copies beside the files of the built page; botflow/web.py sends those to whoever takes them. */
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

const PAGE = "../botflow/static/app";
const COMPRESSIBLE = /\.(js|css|svg)$/; // index.html is made anew for each load
/** The best one, 11, takes five seconds of each build and saves a twelfth. */
const BROTLI_QUALITY = 9;
const CODINGS = {
  gz: (bytes: Buffer) => gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }),
  br: (bytes: Buffer) =>
    brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY } }),
};

for (const name of readdirSync(PAGE, { recursive: true, encoding: "utf8" }).filter((name) => COMPRESSIBLE.test(name))) {
  const bytes = readFileSync(join(PAGE, name));
  for (const [ending, compress] of Object.entries(CODINGS)) {
    const compressed = compress(bytes);
    if (compressed.length < bytes.length) writeFileSync(join(PAGE, `${name}.${ending}`), compressed);
  }
}
