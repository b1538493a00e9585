import { asRefusal } from '../../../server/modules/reconciliation/bill-files';
import { WeChatPayError, type WeChatPayErrorKind } from '../../../server/platform/wechat-pay/errors';

const broken = (kind: WeChatPayErrorKind, code: string) =>
  new WeChatPayError({ kind, operation: 'download-bill', code });

it('tells a file with another hash, a damaged one and a lost connection apart', () => {
  expect(asRefusal(broken('unauthentic-answer', 'HASH_MISMATCH'))).toMatchObject({
    code: 'BILL_REFUSED',
    details: { reason: expect.stringContaining('SHA-1') },
  });
  expect(asRefusal(broken('unexpected-answer', 'Z_DATA_ERROR'))).toMatchObject({
    code: 'BILL_REFUSED',
    details: { reason: expect.stringContaining('压缩文件损坏') },
  });
  expect(asRefusal(broken('unknown-outcome', 'ECONNRESET'))).toMatchObject({ code: 'UPSTREAM_UNAVAILABLE' });
});

it('leaves alone what is no failure of a download', () => {
  const defect = new TypeError('ours');
  expect(asRefusal(defect)).toBe(defect);
});
