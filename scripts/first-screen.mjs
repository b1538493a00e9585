// Puts all that the first screen needs into the page itself: on a slow network every further question costs half a second.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build } from 'esbuild';

const SCRIPT = /<script defer="defer" src="([^"]+)"><\/script>/g;
const STYLE = /<link href="([^"]+)" rel="stylesheet">/g;

/**
 * The page then holds: miniprogram/demo/early.ts, the styles, and the app with its home page as text, which early.ts
 * runs.
 * A second visit costs no more than before: the page is asked for anew either way, and unchanged it is a 304.
 *
 * @param {string} root of the repository
 * @param {string} folder the built app; what is moved into its page is taken out of it
 */
export async function inlineFirstScreen(root, folder) {
  const page = path.join(folder, 'index.html');
  const html = readFileSync(page, 'utf8');
  const scripts = [...html.matchAll(SCRIPT)].map(([, address]) => address);
  const styles = [...html.matchAll(STYLE)].map(([, address]) => address);
  if (scripts.length === 0 || styles.length === 0) throw new Error(`${page} loads no script, or no styles`);
  const take = (address) => {
    const file = path.join(folder, address);
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    return text;
  };

  const head = `<script>${inScript(await earlySignIn(root))}</script><style>${styles.map(take).join('\n')}</style>`;
  const app = scripts
    .map((address) => `<script type="text/plain" data-app>${inScript(take(address))}</script>`)
    .join('');
  writeFileSync(
    page,
    html
      .replace(SCRIPT, '')
      .replace(STYLE, '')
      .replace('</head>', () => `${head}</head>`)
      .replace('</body>', () => `${app}</body>`),
  );
}

/** Written so that nothing in it ends the element that holds it, or hides its end (HTML, "restrictions for contents of script elements"). */
const inScript = (text) =>
  text
    .trim()
    .replaceAll(/<\/(script)/gi, '<\\/$1')
    .replaceAll(/<(!--|script)/gi, '\\x3c$1');

async function earlySignIn(root) {
  const { outputFiles } = await build({
    entryPoints: [path.join(root, 'miniprogram/demo/early.ts')],
    bundle: true,
    write: false,
    minify: true,
    format: 'iife',
    target: 'es2020',
    logLevel: 'warning',
  });
  return outputFiles[0].text;
}
