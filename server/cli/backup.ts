import { parseArgs } from 'node:util';
import { backUp } from '../backup/backup';
import { runTool, WrongUse } from './tool/run-tool';

const USAGE = 'npm run backup -- --file FILE [--mongodb URI]   (URI: MONGODB_URI unless given)';

/** npm run backup: the whole database into one checked file. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { mongodb: { type: 'string' }, file: { type: 'string' } } });
  const mongodbUri = values.mongodb ?? process.env.MONGODB_URI;
  if (!values.file || !mongodbUri) throw new WrongUse('--file is missing, or no database is named');
  const { documents, collections, sha256 } = await backUp({ mongodbUri, file: values.file });
  console.log(`${values.file}: ${documents} documents of ${collections} collections, sha256 ${sha256}`);
}

void runTool({ usage: USAGE, run: main });
