// node scripts/run.mjs NAME [ARGS]: builds the server and runs dist/server/NAME.js in this process.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildServer } from './build-server.mjs';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '..');
const [name, ...args] = process.argv.slice(2);
await buildServer();
const file = path.join(root, 'dist/server', `${name}.js`);
process.setSourceMapsEnabled(true);
process.argv = [process.execPath, file, ...args];
createRequire(import.meta.url)(file);
