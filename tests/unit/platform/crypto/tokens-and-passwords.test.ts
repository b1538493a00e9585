import { loadCodeKeys } from '../../../../server/platform/crypto/code-keys';
import { constantTimeEqual } from '../../../../server/platform/crypto/constant-time';
import {
  hashPassword,
  isPasswordHashOutdated,
  verifyPassword,
} from '../../../../server/platform/crypto/password';
import { hashSessionToken, newSessionToken } from '../../../../server/platform/crypto/session-token';
import { SettingError } from '../../../../server/platform/crypto/settings';

describe('the keys of booking codes', () => {
  const seed = (fill: number) => Buffer.alloc(32, fill).toString('base64');
  const setting = 'TOKEN_KEYS';

  it('are the ones RFC 8032 derives from the seed', () => {
    const hex = '9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60';
    const { publicKeys } = loadCodeKeys({
      setting,
      keys: [{ id: '7', key: Buffer.from(hex, 'hex').toString('base64') }],
    });
    expect(Buffer.from(publicKeys[7] ?? []).toString('hex')).toBe(
      'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a',
    );
  });

  it('sign with the first, and keep the former ones for codes shown before a rotation', () => {
    const { signing, verifying, publicKeys } = loadCodeKeys({
      setting,
      keys: [
        { id: '2', key: seed(2) },
        { id: '1', key: seed(1) },
      ],
    });
    const former = loadCodeKeys({ setting, keys: [{ id: '1', key: seed(1) }] });
    expect(signing.keyId).toBe(2);
    expect(Object.keys(verifying)).toEqual(['1', '2']);
    expect(publicKeys[1]).toEqual(former.publicKeys[1]);
    const message = new TextEncoder().encode('shown before the rotation');
    const signature = former.signing.sign(message);
    expect(verifying[1]?.(message, signature)).toBe(true);
    expect(verifying[2]?.(message, signature)).toBe(false);
  });

  it.each([
    ['256', seed(1)],
    ['q1', seed(1)],
    ['1', 'AAAA'],
  ])('refuse an id that is no byte and a seed of the wrong length: %s', (id, key) => {
    expect(() => loadCodeKeys({ setting, keys: [{ id, key }] })).toThrow(SettingError);
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
