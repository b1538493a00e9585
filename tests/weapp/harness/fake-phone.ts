import { FakeApi } from '../../support/fake-api';
import { Phone } from './phone';

/** A phone whose network leads to the fake API and whose WeChat always knows the person. */
export class FakePhone extends Phone {
  readonly api: FakeApi;
  /** What the person does at WeChat's cashier. */
  cashier: 'pay' | 'cancel' = 'pay';
  /** What the person says to messages; off when they are switched off as a whole. */
  messages: 'accept' | 'reject' | 'off' = 'reject';

  constructor(api = new FakeApi()) {
    super({
      network: ({ file, ...sent }) => api.answer(sent),
      loginCode: () => 'wechat-code',
      pay: () => {
        if (this.cashier === 'cancel') throw new Error('cancel');
        api.hasPaid = true;
      },
      decideOnMessages: () => {
        if (this.messages === 'off') throw new Error('The main switch is switched off');
        return this.messages;
      },
    });
    this.api = api;
  }
}
