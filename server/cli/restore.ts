import { parseArgs } from 'node:util';
import { restore } from '../backup/restore';
import { runTool, WrongUse } from './tool/run-tool';

const USAGE = 'npm run restore -- --file FILE [--mongodb URI] [--replace]   (URI: MONGODB_URI unless given)';

/** npm run restore: a checked backup into an empty database. Payments made since are found by `recover-payments`. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      mongodb: { type: 'string' },
      file: { type: 'string' },
      replace: { type: 'boolean', default: false },
    },
  });
  const mongodbUri = values.mongodb ?? process.env.MONGODB_URI;
  if (!values.file || !mongodbUri) throw new WrongUse('--file is missing, or no database is named');
  const { at, documents, collections } = await restore({
    mongodbUri,
    file: values.file,
    replace: values.replace,
  });
  console.log(`${documents} documents of ${collections} collections, as they were at ${at}`);
}

void runTool({ usage: USAGE, run: main });
