import nacl from 'tweetnacl';
import { decodeBase64, encodeBase64 } from './base64';
import { packSnapshot, type Snapshot, type SnapshotFacts, unpackSnapshot } from './snapshot';

/**
 * A snapshot as it lies on the phone: XSalsa20-Poly1305 under a key made from the phone's own session token. Whoever
 * copies the file without the token reads nothing; a changed byte is noticed; when the phone is signed out, the
 * token goes and the snapshot with it.
 *
 * @param nonce 24 random bytes, never used before
 */
export function sealSnapshot(facts: SnapshotFacts, token: string, nonce: Uint8Array): string {
  const box = nacl.secretbox(asciiBytes(packSnapshot(facts)), nonce, keyOf(token));
  const sealed = new Uint8Array(nonce.length + box.length);
  sealed.set(nonce);
  sealed.set(box, nonce.length);
  return encodeBase64(sealed);
}

/** @returns undefined when it was sealed for another token, was changed, or is of another version */
export function openSnapshot(sealed: string, token: string): Snapshot | undefined {
  const bytes = decodeBase64(sealed);
  if (!bytes || bytes.length < nacl.secretbox.nonceLength) return undefined;
  const nonce = bytes.subarray(0, nacl.secretbox.nonceLength);
  const text = nacl.secretbox.open(bytes.subarray(nonce.length), nonce, keyOf(token));
  return text ? unpackSnapshot(asciiText(text)) : undefined;
}

/** The label keeps this key apart from whatever else may be derived from the token one day. */
const keyOf = (token: string): Uint8Array =>
  nacl.hash(asciiBytes(`staff snapshot 1 ${token}`)).subarray(0, nacl.secretbox.keyLength);

const asciiBytes = (text: string): Uint8Array =>
  Uint8Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));

const CHUNK = 8_192;

function asciiText(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let start = 0; start < bytes.length; start += CHUNK) {
    parts.push(String.fromCharCode(...bytes.subarray(start, start + CHUNK)));
  }
  return parts.join('');
}
