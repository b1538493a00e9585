// Bundles our own server code with esbuild into dist/server; packages stay external.
// Development, tests and production all run this one output.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');

/** Every process we start: the API, its two development companions and the command-line tools. */
function entryPoints() {
  const fixed = [
    'main',
    'start',
    'embedded-mongo/main',
    'sandbox/main',
    'bench/bare',
    'bench/bill',
    'tryout/main',
  ];
  const tools = readdirSync(path.join(root, 'server/cli'), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => `cli/${entry.name.replace(/\.ts$/, '')}`);
  const all = [...fixed, ...tools];
  return Object.fromEntries(
    all.map((name) => [name, path.join(root, 'server', `${name}.ts`)]).filter(([, file]) => existsSync(file)),
  );
}

/** A file is replaced by renaming, and only when it changed: another process may be loading it now. */
function replace(file, contents) {
  if (existsSync(file) && statSync(file).size === contents.length && readFileSync(file).equals(contents))
    return;
  mkdirSync(path.dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, contents);
  renameSync(temporary, file);
}

export async function buildServer() {
  const result = await build({
    entryPoints: entryPoints(),
    outdir: path.join(root, 'dist/server'),
    bundle: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    sourcemap: 'linked',
    write: false,
    logLevel: 'warning',
  });
  for (const file of result.outputFiles) replace(file.path, Buffer.from(file.contents));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildServer();
