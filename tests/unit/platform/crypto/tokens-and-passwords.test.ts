import nacl from 'tweetnacl';
import { loadBookingTokenKeys } from '../../../../server/platform/crypto/booking-token-keys';
import { constantTimeEqual } from '../../../../server/platform/crypto/constant-time';
import {
  hashPassword,
  isPasswordHashOutdated,
  verifyPassword,
} from '../../../../server/platform/crypto/password';
import { hashSessionToken, newSessionToken } from '../../../../server/platform/crypto/session-token';
import { SettingError } from '../../../../server/platform/crypto/settings';

describe('booking token keys', () => {
  const seed = (fill: number) => Buffer.alloc(32, fill).toString('base64');
  const setting = 'BOOKING_TOKEN_SEEDS';
  const keys = loadBookingTokenKeys({
    setting,
    keys: [
      { id: 'q2', key: seed(2) },
      { id: 'q1', key: seed(1) },
    ],
  });
  const message = Buffer.from('booking 64b0 · 2022-11-19');

  it('sign what the phones’ own implementation accepts', () => {
    const publicKey = keys.publicKeys.get(keys.currentKeyId) ?? new Uint8Array();
    expect(nacl.sign.detached.verify(message, keys.sign(message), publicKey)).toBe(true);
    expect(nacl.sign.detached.verify(Buffer.from('another'), keys.sign(message), publicKey)).toBe(false);
  });

  it('are the ones RFC 8032 derives from the seed', () => {
    const vector = loadBookingTokenKeys({
      setting,
      keys: [
        {
          id: 'rfc',
          key: Buffer.from(
            '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60',
            'hex',
          ).toString('base64'),
        },
      ],
    });
    expect(Buffer.from(vector.publicKeys.get('rfc') ?? []).toString('hex')).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
  });

  it('keep the former public keys, so that codes shown before a rotation still verify', () => {
    expect([...keys.publicKeys.keys()]).toEqual(['q2', 'q1']);
    const former = loadBookingTokenKeys({ setting, keys: [{ id: 'q1', key: seed(1) }] });
    const publicKey = keys.publicKeys.get('q1') ?? new Uint8Array();
    expect(nacl.sign.detached.verify(message, former.sign(message), publicKey)).toBe(true);
  });

  it('refuse a seed of the wrong length by its setting', () => {
    expect(() => loadBookingTokenKeys({ setting, keys: [{ id: 'q1', key: 'AAAA' }] })).toThrow(SettingError);
  });
});

describe('session tokens', () => {
  it('carry 256 bits, each another', () => {
    expect(Buffer.from(newSessionToken(), 'base64url')).toHaveLength(32);
    expect(newSessionToken()).not.toBe(newSessionToken());
  });

  it('are found by their SHA-256', () => {
    expect(hashSessionToken('abc')).toBe('ungWv48Bz-pBQUDeXa4iI7ADYaOWF3qctBD_YfIAFa0');
  });
});

describe('passwords', () => {
  it('verify against their argon2id hash, and only theirs', async () => {
    const stored = await hashPassword('采集批次-2023');
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await verifyPassword(stored, '采集批次-2023')).toBe(true);
    expect(await verifyPassword(stored, '采集批次-2024')).toBe(false);
    expect(isPasswordHashOutdated(stored)).toBe(false);
  });

  it('are the same however the system composes the letters', async () => {
    const stored = await hashPassword('caf\u00e9-\uff12\uff10');
    expect(await verifyPassword(stored, 'cafe\u0301-20')).toBe(true);
  });

  it('made with less cost are marked for renewal', () => {
    expect(
      isPasswordHashOutdated(
        '$argon2id$v=19$m=4096,t=1,p=1$c29tZXNhbHRzb21l$2+w9qC8mYhWZbWqFVBYqwVgVlAD3n1mnBrh9w8Lrqlc',
      ),
    ).toBe(true);
  });

  it('do not verify against something that is no hash', async () => {
    await expect(verifyPassword('plain', 'plain')).rejects.toThrow();
  });
});

it('compares secrets of any length', () => {
  expect(constantTimeEqual('secret', 'secret')).toBe(true);
  expect(constantTimeEqual('secret', 'secreT')).toBe(false);
  expect(constantTimeEqual('secret', 'secret ')).toBe(false);
});
