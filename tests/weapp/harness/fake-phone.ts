import { FakeApi } from '../../support/fake-api';
import { Phone } from './phone';

/** A phone whose network leads to the fake API and whose WeChat always knows the person. */
export class FakePhone extends Phone {
  readonly api: FakeApi;
  /** What the person does at WeChat's cashier. */
  cashier: 'pay' | 'cancel' = 'pay';

  constructor(api = new FakeApi()) {
    super({
      network: ({ file, ...sent }) => api.answer(sent),
      loginCode: () => 'wechat-code',
      pay: () => {
        if (this.cashier === 'cancel') throw new Error('cancel');
        api.hasPaid = true;
      },
    });
    this.api = api;
  }
}
