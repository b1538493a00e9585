import { createSealer, SealError, type SealedPlace } from '../../../../server/platform/crypto/sealer';
import { SettingError } from '../../../../server/platform/crypto/settings';

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const place: SealedPlace = { collection: 'students', recordId: '64b0', field: 'documentNumber' };
const number = '11010519491231002X';
const setting = 'SEAL_KEYS';

const sealer = createSealer({ setting, keys: [{ id: 'k1', key: key(1) }] });

function reasonOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof SealError) return error.reason;
    throw error;
  }
  return 'opened';
}

describe('a sealed value', () => {
  it('opens in its own place', () => {
    expect(sealer.openText(sealer.sealText(number, place), place)).toBe(number);
  });

  it('holds any bytes, also none', () => {
    const bytes = Buffer.from([0, 255, 1, 254]);
    expect(sealer.open(sealer.seal(bytes, place), place)).toEqual(bytes);
    expect(sealer.open(sealer.seal(Buffer.alloc(0), place), place)).toHaveLength(0);
  });

  it('does not show the number, and never looks the same twice', () => {
    const first = sealer.seal(Buffer.from(number), place);
    expect(first.includes(number)).toBe(false);
    expect(first.equals(sealer.seal(Buffer.from(number), place))).toBe(false);
  });

  it.each([
    ['collection', { ...place, collection: 'orders' }],
    ['record', { ...place, recordId: '64b1' }],
    ['field', { ...place, field: 'name' }],
    ['names run together differently', { collection: 'students64', recordId: 'b0', field: 'documentNumber' }],
  ])('does not open in another place: %s', (_, elsewhere) => {
    const envelope = sealer.seal(Buffer.from(number), place);
    expect(reasonOf(() => sealer.open(envelope, elsewhere))).toBe('tampered');
  });

  it('does not open when any single byte was changed', () => {
    const envelope = sealer.seal(Buffer.from(number), place);
    const reasons = new Set<string>();
    for (let index = 0; index < envelope.length; index += 1) {
      const changed = Buffer.from(envelope);
      changed.writeUInt8(changed.readUInt8(index) ^ 1, index);
      reasons.add(reasonOf(() => sealer.open(changed, place)));
    }
    expect([...reasons].sort()).toEqual(['malformed', 'tampered', 'unknown_key']);
  });

  it('does not open when it was cut short', () => {
    const envelope = sealer.seal(Buffer.from(number), place);
    expect(reasonOf(() => sealer.open(envelope.subarray(0, -1), place))).toBe('tampered');
    expect(reasonOf(() => sealer.open(envelope.subarray(0, 20), place))).toBe('malformed');
    expect(reasonOf(() => sealer.openText('', place))).toBe('malformed');
  });

  it('does not open under another key of the same name', () => {
    const stranger = createSealer({ setting, keys: [{ id: 'k1', key: key(9) }] });
    expect(reasonOf(() => stranger.open(sealer.seal(Buffer.from(number), place), place))).toBe('tampered');
  });
});

describe('key rotation', () => {
  const rotated = createSealer({
    setting,
    keys: [
      { id: 'k2', key: key(2) },
      { id: 'k1', key: key(1) },
    ],
  });

  it('opens what the former key sealed, and says that it should be sealed again', () => {
    const old = sealer.sealText(number, place);
    expect(rotated.openText(old, place)).toBe(number);
    expect(rotated.isStale(old)).toBe(true);
  });

  it('seals with the first key', () => {
    const fresh = rotated.sealText(number, place);
    expect(rotated.isStale(fresh)).toBe(false);
    expect(reasonOf(() => sealer.openText(fresh, place))).toBe('unknown_key');
  });
});

it.each([
  ['SEAL_KEYS: needs at least one key', []],
  ['SEAL_KEYS[0].key: must be 32 bytes in base64', [{ id: 'k1', key: 'c2hvcnQ=' }]],
  ['SEAL_KEYS[0].id: must be 1–32 of a–z, 0–9 and "-"', [{ id: 'K 1', key: key(1) }]],
  [
    'SEAL_KEYS: two keys have the same id',
    [
      { id: 'k1', key: key(1) },
      { id: 'k1', key: key(2) },
    ],
  ],
])('refuses wrong settings by name: %s', (message, keys) => {
  expect(() => createSealer({ setting, keys })).toThrow(new SettingError(...splitOnce(message)));
});

function splitOnce(message: string): [string, string] {
  const at = message.indexOf(': ');
  return [message.slice(0, at), message.slice(at + 2)];
}
