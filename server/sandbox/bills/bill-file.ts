import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as turn } from 'node:timers/promises';

const BOM = '\uFEFF';
const LINES_A_CHUNK = 500;

export interface BillFile {
  /** Hex SHA-1 of the uncompressed file. */
  sha1: string;
  lines: number;
}

/**
 * Writes a bill to disk line by line, so that a million rows need no memory, giving other requests
 * their turn in between.
 *
 * @returns undefined, and no file, when there are no lines
 */
export async function writeBill(file: string, lines: Iterable<string>): Promise<BillFile | undefined> {
  await mkdir(path.dirname(file), { recursive: true });
  const hash = createHash('sha1');
  let written = 0;

  async function* chunks() {
    let chunk = BOM;
    for (const line of lines) {
      chunk += line;
      written += 1;
      if (written % LINES_A_CHUNK !== 0) continue;
      hash.update(chunk);
      yield chunk;
      chunk = '';
      await turn();
    }
    hash.update(chunk);
    yield chunk;
  }

  const unfinished = `${file}.unfinished`;
  await pipeline(Readable.from(chunks()), createWriteStream(unfinished));
  if (written === 0) {
    await rm(unfinished);
    return undefined;
  }
  await rename(unfinished, file);
  return { sha1: hash.digest('hex'), lines: written };
}
