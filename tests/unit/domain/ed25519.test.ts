import fc from 'fast-check';
import nacl from 'tweetnacl';
import { serverKeyPair } from '../../../server/platform/crypto/ed25519';
import { phoneKeyPair, phoneVerifier } from '../../../shared/domain/ed25519';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const seeds = fc.uint8Array({ minLength: 32, maxLength: 32 });
const messages = fc.uint8Array({ maxLength: 200 });

/** RFC 8032, 7.1: secret key, public key, message, signature. */
const VECTORS = [
  [
    '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
    'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    '',
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155' +
      '5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  ],
  [
    '4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb',
    '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c',
    '72',
    '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
      '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
  ],
  [
    'c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7',
    'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
    'af82',
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac' +
      '18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
  ],
] as const;

describe("the phone's check of a signature", () => {
  it.each(VECTORS)('agrees with RFC 8032 on the key %s', (secret, key, message, signature) => {
    const { publicKey, sign } = phoneKeyPair(bytes(secret));
    expect(publicKey).toEqual(bytes(key));
    expect(sign(bytes(message))).toEqual(bytes(signature));
    expect(phoneVerifier(bytes(key))(bytes(message), bytes(signature))).toBe(true);
    expect(phoneVerifier(bytes(key))(bytes(`${message}00`), bytes(signature))).toBe(false);
  });

  it('accepts whatever tweetnacl or Node has signed, with every key', () => {
    fc.assert(
      fc.property(seeds, fc.array(messages, { minLength: 1, maxLength: 3 }), (seed, several) => {
        const { publicKey, sign } = phoneKeyPair(seed);
        const server = serverKeyPair(seed);
        const verify = phoneVerifier(publicKey);
        for (const message of several) {
          expect(verify(message, sign(message))).toBe(true);
          expect(verify(message, server.sign(message))).toBe(true);
        }
      }),
      { numRuns: 20 },
    );
  });

  it('agrees with tweetnacl about signatures and keys in which one bit is another', () => {
    fc.assert(
      fc.property(
        seeds,
        messages,
        fc.integer({ min: 0, max: 511 }),
        fc.integer({ min: 0, max: 255 }),
        (seed, message, bitOfSignature, bitOfKey) => {
          const { publicKey, sign } = phoneKeyPair(seed);
          const signature = sign(message);
          for (const [key, signed] of [
            [publicKey, flipped(signature, bitOfSignature)],
            [flipped(publicKey, bitOfKey), signature],
          ] as const) {
            const theirs = nacl.sign.detached.verify(message, signed, key);
            expect(phoneVerifier(key)(message, signed)).toBe(theirs);
            expect(theirs).toBe(false);
          }
        },
      ),
      { numRuns: 20 },
    );
  });

  it('takes any 64 bytes for what they are: no signature', () => {
    const { publicKey } = phoneKeyPair(new Uint8Array(32).fill(7));
    const verify = phoneVerifier(publicKey);
    fc.assert(
      fc.property(messages, fc.uint8Array({ minLength: 64, maxLength: 64 }), (message, signature) => {
        expect(verify(message, signature)).toBe(false);
      }),
      { numRuns: 20 },
    );
    expect(verify(new Uint8Array(3), new Uint8Array(63))).toBe(false);
    expect(verify(new Uint8Array(3), new Uint8Array(0))).toBe(false);
  });

  it('refuses a second spelling of the same signature, as Node does and tweetnacl does not', () => {
    const seed = new Uint8Array(32).fill(7);
    const { publicKey, sign } = phoneKeyPair(seed);
    const message = new Uint8Array([1, 2, 3]);
    const respelt = withOrderAdded(sign(message));
    expect(nacl.sign.detached.verify(message, respelt, publicKey)).toBe(true);
    expect(serverKeyPair(seed).verify(message, respelt)).toBe(false);
    expect(phoneVerifier(publicKey)(message, respelt)).toBe(false);
  });

  it('accepts nothing for a key that is no point of the curve', () => {
    const noPoint = new Uint8Array(32).fill(0).fill(2, 0, 1);
    const { sign } = phoneKeyPair(new Uint8Array(32).fill(7));
    const message = new Uint8Array([1]);
    expect(nacl.sign.detached.verify(message, sign(message), noPoint)).toBe(false);
    expect(phoneVerifier(noPoint)(message, sign(message))).toBe(false);
  });
});

function flipped(original: Uint8Array, bit: number): Uint8Array {
  const copy = original.slice();
  copy[bit >> 3] = (copy[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return copy;
}

/** S + L, where S is the second half and L the order of the base point, least byte first. */
function withOrderAdded(signature: Uint8Array): Uint8Array {
  const order = bytes('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010');
  const copy = signature.slice();
  let carry = 0;
  for (let index = 0; index < 32; index += 1) {
    const sum = (copy[32 + index] ?? 0) + (order[index] ?? 0) + carry;
    copy[32 + index] = sum & 255;
    carry = sum >> 8;
  }
  return copy;
}
