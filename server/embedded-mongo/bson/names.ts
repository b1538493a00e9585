/** The same few names stand in every document; to look one up is much cheaper than to decode it again. */
const SLOTS = 4_096;
const LONGEST = 40;
const known: (string | undefined)[] = new Array(SLOTS);

/** The name in these bytes; undefined when it is long or not plain ASCII. */
export function knownName(bytes: Buffer, start: number, end: number): string | undefined {
  if (end - start > LONGEST) return undefined;
  let hash = 0;
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at] ?? 0;
    if (byte > 0x7f) return undefined;
    hash = (Math.imul(hash, 31) + byte) | 0;
  }
  const slot = hash & (SLOTS - 1);
  const name = known[slot];
  if (name !== undefined && stands(name, bytes, start, end)) return name;
  const fresh = bytes.toString('latin1', start, end);
  known[slot] = fresh;
  return fresh;
}

function stands(name: string, bytes: Buffer, start: number, end: number): boolean {
  if (name.length !== end - start) return false;
  for (let at = 0; at < name.length; at += 1) if (name.charCodeAt(at) !== bytes[start + at]) return false;
  return true;
}
