import { type PayClient, payClient, paymentParameters, prepayBody } from './merchant-client';
import type { MerchantCredentials, TestSandbox } from './sandbox';

/** A merchant with a customer: the few steps that most tests begin with. */
export interface Shop {
  pay: PayClient;
  merchant: MerchantCredentials;
  newNumber(): string;
  /** Orders and pays; returns the order's number. */
  sell(total?: number): Promise<string>;
  refund(outTradeNo: string, change?: object): Promise<{ status: number; data: Record<string, unknown> }>;
  queryRefund(outRefundNo: string): Promise<{ status: number; data: Record<string, unknown> }>;
}

export const CUSTOMER = 'oSBX-customer-00000000000000';
let numbers = 0;

export function openShop(sandbox: TestSandbox, notifyUrl: string): Shop {
  const { merchant } = sandbox;
  const pay = payClient(sandbox, merchant);
  const newNumber = () => {
    numbers += 1;
    return `S${String(numbers).padStart(9, '0')}`;
  };
  return {
    pay,
    merchant,
    newNumber,
    async sell(total = 3000) {
      const outTradeNo = newNumber();
      const wish = { outTradeNo, openid: CUSTOMER, total, notifyUrl };
      const { data } = await pay.post('/v3/pay/transactions/jsapi', prepayBody(merchant, wish));
      await sandbox.control('POST', '/pay/cashier', {
        ...paymentParameters(merchant, data.prepay_id),
        openid: CUSTOMER,
        outcome: 'pay',
      });
      return outTradeNo;
    },
    refund: (outTradeNo, change = {}) =>
      pay.post('/v3/refund/domestic/refunds', {
        out_trade_no: outTradeNo,
        out_refund_no: `R${newNumber()}`,
        reason: '未采集',
        notify_url: notifyUrl,
        amount: { refund: 3000, total: 3000, currency: 'CNY' },
        ...change,
      }),
    queryRefund: (outRefundNo) => pay.get(`/v3/refund/domestic/refunds/${outRefundNo}`),
  };
}
