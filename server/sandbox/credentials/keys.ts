import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';

const privateKeys = new Map<string, KeyObject>();
const publicKeys = new Map<string, KeyObject>();

/** Reading a PEM costs as much as signing with it: each is read once. */
export function privateKeyOf(pem: string): KeyObject {
  return remembered(privateKeys, pem, createPrivateKey);
}

export function publicKeyOf(pem: string): KeyObject {
  return remembered(publicKeys, pem, createPublicKey);
}

function remembered(keys: Map<string, KeyObject>, pem: string, read: (pem: string) => KeyObject): KeyObject {
  const known = keys.get(pem);
  if (known) return known;
  const key = read(pem);
  keys.set(pem, key);
  return key;
}
