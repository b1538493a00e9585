import { createBlindIndex } from '../../../../server/platform/crypto/blind-index';

const key = (fill: number) => Buffer.alloc(32, fill).toString('base64');
const index = createBlindIndex({ setting: 'INDEX_KEYS', keys: [{ id: 'i1', key: key(1) }] });
const number = '11010519491231002X';

it('is the same for the same number, however it was typed', () => {
  const stored = index.of('mainland_id', number);
  expect(index.of('mainland_id', '11010519491231002x')).toBe(stored);
  expect(index.of('mainland_id', ' 110105 19491231 002X ')).toBe(stored);
  expect(index.of('mainland_id', '１１０１０５１９４９１２３１００２Ｘ')).toBe(stored);
});

it('differs by number, by document type and by key', () => {
  const other = createBlindIndex({ setting: 'INDEX_KEYS', keys: [{ id: 'i1', key: key(2) }] });
  const all = [
    index.of('mainland_id', number),
    index.of('mainland_id', '440524188001010014'),
    index.of('passport', number),
    other.of('mainland_id', number),
  ];
  expect(new Set(all).size).toBe(4);
});

it('is not a plain hash of the number', () => {
  expect(index.of('mainland_id', number)).toHaveLength(43);
  expect(index.of('mainland_id', number)).not.toContain(number);
});

it('finds under a former key while indexes are moved to a new one', () => {
  const rotated = createBlindIndex({
    setting: 'INDEX_KEYS',
    keys: [
      { id: 'i2', key: key(2) },
      { id: 'i1', key: key(1) },
    ],
  });
  expect(rotated.of('mainland_id', number)).not.toBe(index.of('mainland_id', number));
  expect(rotated.candidates('mainland_id', number)).toContain(index.of('mainland_id', number));
  expect(rotated.candidates('mainland_id', number)[0]).toBe(rotated.of('mainland_id', number));
});
