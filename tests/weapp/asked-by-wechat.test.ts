import { HOME_SCENES } from '../screens/scenes';
import { CAMPAIGN_ID } from '../support/fake-api/campaign';
import { FakePhone } from './harness/fake-phone';

/** What WeChat itself asks the person or hands to the app. */
describe('the privacy statement', () => {
  async function toTheCamera() {
    const phone = new FakePhone();
    phone.hasAgreedToPrivacy = false;
    const app = await phone.launch();
    await app.tap('#next-step');
    await app.tap('#consent-id_photo');
    await app.tap('#consent-bank_check');
    await app.tap('#agree');
    await app.tap('#from-camera');
    await app.see('#agree-privacy');
    return { phone, app };
  }

  it('is asked about before the first photo, which follows when the person agrees', async () => {
    const { phone, app } = await toTheCamera();
    expect(phone.api.calls).not.toContain('POST /api/me/id-photos');
    await app.agreeToPrivacy();
    await app.seeText('国徽面');
    expect(phone.api.calls).toContain('POST /api/me/id-photos');
    expect(app.has('#agree-privacy')).toBe(false);
  });

  it('may be refused: nothing is sent, and typing by hand stays open', async () => {
    const { phone, app } = await toTheCamera();
    await app.tap('#sheet-close');
    await app.until('the question is gone', () => !app.has('#agree-privacy'));
    expect(phone.api.calls).not.toContain('POST /api/me/id-photos');
    await app.seeText('没有同意隐私指引，用不了相机和相册');
    await app.tap('#by-hand');
    await app.see('#field-name');
  });

  it('is asked about again at the next photo', async () => {
    const { app } = await toTheCamera();
    await app.tap('#sheet-close');
    await app.until('the question is gone', () => !app.has('#agree-privacy'));
    await app.tap('#from-camera');
    await app.see('#agree-privacy');
  });
});

describe('messages', () => {
  async function pay(messages: FakePhone['messages']) {
    const phone = new FakePhone();
    phone.messages = messages;
    phone.api.state = HOME_SCENES.pay ?? phone.api.state;
    const app = await phone.launch();
    await app.tap('#next-step');
    await app.tap('#pay');
    await app.seeText('预约成功');
    return { phone, app };
  }

  it('are asked for after the payment, and a yes is told to the service', async () => {
    const { phone, app } = await pay('accept');
    await app.until('the service knows', () => phone.api.accepted.length > 0);
    expect(phone.api.accepted).toEqual(['booked', 'day_before', 'moved']);
    const asked = app.calls.find(({ name }) => name === 'requestSubscribeMessage');
    // WeChat takes three in one question.
    expect(asked?.options.tmplIds).toHaveLength(3);
  });

  it.each(['reject', 'off'] as const)('stop nothing when the person says no (%s)', async (answer) => {
    const { phone, app } = await pay(answer);
    await app.tap('#see-code');
    await app.see('#state-booked');
    expect(phone.api.calls).not.toContain('POST /api/me/message-accepts');
  });
});

describe("a school's mini-program code", () => {
  it('opens the home page of its campaign', async () => {
    const phone = new FakePhone();
    const app = await phone.launch({ scene: CAMPAIGN_ID });
    await app.see('#state-verify');
    const asked = app.calls
      .filter(({ name }) => name === 'request')
      .map(({ options }) => Object(options).url);
    expect(asked.at(-1)).toMatch(new RegExp(`/api/me/home\\?campaignId=${CAMPAIGN_ID}$`));
  });

  it.each(['a00000000000000000000009', 'no-campaign'])(
    'that is old or not ours still opens the app (%s)',
    async (scene) => {
      const phone = new FakePhone();
      const app = await phone.launch({ scene });
      await app.see('#state-verify');
    },
  );
});
