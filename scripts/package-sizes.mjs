// node scripts/package-sizes.mjs: what the phone has to download, against our own limits (WeChat's is 2 MB a package).
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const weapp = path.join(root, 'dist/weapp');
const KB = 1000;
const LIMITS = { main: 500 * KB, sub: 300 * KB };

function bytesIn(place) {
  const stat = statSync(place);
  if (!stat.isDirectory()) return stat.size;
  return readdirSync(place).reduce((sum, name) => sum + bytesIn(path.join(place, name)), 0);
}

/** Every package with its size; the main package is all that is in no sub-package. */
export function packageSizes() {
  const app = JSON.parse(readFileSync(path.join(weapp, 'app.json'), 'utf8'));
  const subs = (app.subPackages ?? []).map(({ root: name }) => ({
    name,
    bytes: bytesIn(path.join(weapp, name)),
    limit: LIMITS.sub,
  }));
  const inSubs = subs.reduce((sum, { bytes }) => sum + bytes, 0);
  return [{ name: 'main package', bytes: bytesIn(weapp) - inSubs, limit: LIMITS.main }, ...subs];
}

export function checkPackageSizes() {
  const sizes = packageSizes();
  for (const { name, bytes, limit } of sizes) {
    console.log(`${name.padEnd(14)} ${(bytes / KB).toFixed(0).padStart(5)} KB of ${limit / KB} KB`);
  }
  const tooBig = sizes.filter(({ bytes, limit }) => bytes > limit);
  if (tooBig.length > 0) throw new Error(`too big: ${tooBig.map(({ name }) => name).join(', ')}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) checkPackageSizes();
