// Writes a .gz and a .br beside every file under a folder, for a server that sends them as they are.
// cargo-leptos has an option for this too, but with weaker settings: its gzip is some tenth larger.
// Usage: node precompress.mjs FOLDER
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const folder = process.argv[2];
if (!folder) {
  console.error('usage: node precompress.mjs FOLDER');
  process.exit(2);
}

const total = { files: 0, plain: 0, gz: 0, br: 0 };
for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
  if (!entry.isFile() || /\.(gz|br)$/.test(entry.name)) continue;
  const path = join(entry.parentPath ?? entry.path, entry.name);
  const plain = readFileSync(path);
  const gz = gzipSync(plain, { level: 9 });
  const br = brotliCompressSync(plain, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
      [constants.BROTLI_PARAM_SIZE_HINT]: plain.length,
    },
  });
  // A picture may come out larger; the server then sends the file itself.
  if (gz.length < plain.length) writeFileSync(`${path}.gz`, gz);
  if (br.length < plain.length) writeFileSync(`${path}.br`, br);
  total.files += 1;
  total.plain += plain.length;
  total.gz += Math.min(gz.length, plain.length);
  total.br += Math.min(br.length, plain.length);
}
console.log(`${total.files} files: ${total.plain} bytes, ${total.gz} by gzip, ${total.br} by brotli`);
