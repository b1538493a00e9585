import { createHash } from 'node:crypto';
import { EJSON } from 'bson';
import type { Document, IndexDescription } from 'mongodb';

/**
 * A backup file is gzip over lines of JSON: a head, a line a document (canonical Extended JSON, so that every value
 * keeps its type), and an end with the number of lines and the SHA-256 of everything before it. A file without its end
 * is no backup. What is sealed in the database stays sealed: the file is of no use without the keys.
 */
export interface BackupHead {
  format: 1;
  at: string;
  database: string;
  collections: { name: string; indexes: IndexDescription[] }[];
}

export interface BackupEnd {
  documents: number;
  sha256: string;
}

export interface BackedUp {
  /** Which of the head's collections. */
  collection: number;
  document: Document;
}

export class BackupError extends Error {
  override readonly name = 'BackupError';
}

export const headLine = (head: BackupHead): string => `${EJSON.stringify(head, { relaxed: false })}\n`;

export const documentLine = ({ collection, document }: BackedUp): string =>
  `${collection} ${EJSON.stringify(document, { relaxed: false })}\n`;

export const endLine = (end: BackupEnd): string => `end ${JSON.stringify(end)}\n`;

export type BackupLine =
  | { kind: 'head'; head: BackupHead }
  | { kind: 'document'; backedUp: BackedUp }
  | { kind: 'end'; end: BackupEnd };

/** @throws BackupError for a line that is none */
export function readLine(line: string): BackupLine {
  try {
    if (line.startsWith('{')) {
      const head = EJSON.parse(line, { relaxed: true }) as BackupHead;
      if (head.format !== 1) throw new BackupError(`this is a backup of format ${head.format}, not 1`);
      return { kind: 'head', head };
    }
    const space = line.indexOf(' ');
    const rest = line.slice(space + 1);
    if (line.startsWith('end ')) return { kind: 'end', end: JSON.parse(rest) as BackupEnd };
    const document = EJSON.parse(rest, { relaxed: false }) as Document;
    return { kind: 'document', backedUp: { collection: Number(line.slice(0, space)), document } };
  } catch (cause) {
    if (cause instanceof BackupError) throw cause;
    throw new BackupError(`this is not a line of a backup: ${line.slice(0, 40)}…`, { cause });
  }
}

export const lineHash = () => createHash('sha256');
