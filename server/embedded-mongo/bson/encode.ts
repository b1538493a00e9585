import { serialize } from 'bson';
import { MongoError } from '../errors';
import type { Document } from './values';

export const MAX_DOCUMENT_BYTES = 16 * 1024 * 1024;

/** The library's scratch buffer starts at 17 MB, enough for any document that may be stored. */
export function encode(document: Document): Buffer {
  const bytes = serialize(document, { ignoreUndefined: false });
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** @throws MongoError 10334 as MongoDB does for a document over 16 MB */
export function assertFits(bytes: Buffer): Buffer {
  if (bytes.length <= MAX_DOCUMENT_BYTES) return bytes;
  throw new MongoError(
    10334,
    `BSONObj size: ${bytes.length} (0x${bytes.length.toString(16).toUpperCase()}) is invalid. ` +
      `Size must be between 0 and ${MAX_DOCUMENT_BYTES + 16 * 1024}(16MB)`,
  );
}
