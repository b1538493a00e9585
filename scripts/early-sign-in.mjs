// Writes miniprogram/demo/early.ts into the page, before the app's own scripts.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

/**
 * @param {string} root of the repository
 * @param {string} page the built index.html
 */
export async function inlineEarlySignIn(root, page) {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'miniprogram/demo/early.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2020',
    logLevel: 'warning',
  });
  const html = readFileSync(page, 'utf8');
  const begin = html.indexOf('<script');
  if (begin < 0) throw new Error(`${page} loads no script`);
  const early = `<script>${outputFiles[0].text.trim()}</script>`;
  writeFileSync(page, html.slice(0, begin) + early + html.slice(begin));
}
