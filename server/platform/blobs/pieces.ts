import type { Blobs, NewBlob } from './blobs';

/** Below what one document of the database holds, with room for the seal. */
const PIECE_BYTES = 4 * 1024 * 1024;

/** Stores a file that may be larger than a blob. @returns the ids of its pieces, in order */
export async function keepInPieces(
  blobs: Blobs,
  { bytes, ...described }: Omit<NewBlob, 'bytes' | 'contentType'> & { bytes: Buffer },
): Promise<string[]> {
  const pieces: string[] = [];
  for (let start = 0; start < bytes.length; start += PIECE_BYTES) {
    const piece = bytes.subarray(start, start + PIECE_BYTES);
    pieces.push(await blobs.put({ ...described, bytes: piece, contentType: 'application/octet-stream' }));
  }
  return pieces;
}

/** @returns undefined once any of it has expired */
export async function readPieces(blobs: Blobs, pieces: readonly string[]): Promise<Buffer | undefined> {
  const bytes: Buffer[] = [];
  for (const id of pieces) {
    const blob = await blobs.get(id);
    if (!blob) return undefined;
    bytes.push(blob.bytes);
  }
  return Buffer.concat(bytes);
}
