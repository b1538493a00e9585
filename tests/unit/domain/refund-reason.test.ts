import {
  asReason,
  isReasonShort,
  MOST_REASON_BYTES,
  MOST_REASON_CHARACTERS,
} from '../../../shared/domain/refund-reason';

describe('the reason of a refund', () => {
  it.each([
    ['ASCII', 'a', 80],
    ['two bytes', 'é', 40],
    ['Chinese', '退', MOST_REASON_CHARACTERS],
    ['beyond the BMP, as in rare names', '𠮷', 20],
  ])('is measured in bytes as WeChat measures it: %s', (_, character, most) => {
    expect(isReasonShort(character.repeat(most))).toBe(true);
    expect(isReasonShort(character.repeat(most + 1))).toBe(false);
    expect(Buffer.byteLength(asReason(character.repeat(200)))).toBeLessThanOrEqual(MOST_REASON_BYTES);
    expect(asReason(character.repeat(200))).toBe(character.repeat(most));
  });

  it('that is short enough stays as it is', () => {
    expect(asReason('重复付款')).toBe('重复付款');
  });
});
