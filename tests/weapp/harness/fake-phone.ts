import { FakeApi } from '../../support/fake-api';
import { Phone } from './phone';

/** A phone whose network leads to the fake API and whose WeChat always knows the person. */
export class FakePhone extends Phone {
  readonly api: FakeApi;
  /** What the person does at WeChat's cashier; unseen: it says paid, and WeChat's service knows nothing yet. */
  cashier: 'pay' | 'cancel' | 'unseen' = 'pay';
  /** Answers to uploads come when this is over. */
  uploadsWaitFor: Promise<void> = Promise.resolve();
  /** What the person says to messages; off when they are switched off as a whole. */
  messages: 'accept' | 'reject' | 'off' = 'reject';

  constructor(api = new FakeApi()) {
    super({
      network: async ({ file, ...sent }) => {
        if (file) await this.uploadsWaitFor;
        return api.answer(sent);
      },
      loginCode: () => 'wechat-code',
      pay: () => {
        if (this.cashier === 'cancel') throw new Error('cancel');
        api.hasPaid = this.cashier === 'pay';
      },
      decideOnMessages: () => {
        if (this.messages === 'off') throw new Error('The main switch is switched off');
        return this.messages;
      },
    });
    this.api = api;
  }
}
