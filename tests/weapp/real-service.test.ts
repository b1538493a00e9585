import type { SpecimenPerson } from '../../server/demo/sandbox-client';
import { type Demo, firstApi, phase, seedDemo } from '../../server/demo/seed';
import type { Stack } from '../../server/demo/stack';
import { startTestStack } from '../support/stack';
import type { Network } from './harness/network';
import { Phone } from './harness/phone';
import { confirmAndHold, verify } from './harness/steps';

jest.setTimeout(120_000);

/** Where the compiled app believes the service to be. */
const BUILT_FOR = 'http://127.0.0.1:3000';

let stack: Stack;
let demo: Demo;

beforeAll(async () => {
  stack = await startTestStack();
  demo = await seedDemo(stack, 10);
  await stack.sandbox.setClock(phase('open'));
});
afterAll(() => stack?.stop());

/** A phone on the real service and the sandbox's WeChat. */
function phoneOf(person: SpecimenPerson): Phone {
  const { sandbox } = stack;
  return new Phone({
    network: throughFetch(firstApi(stack), person),
    loginCode: () => sandbox.loginCode(person.openid),
    async pay(parameters) {
      const text = (name: string) => String(parameters[name]);
      const { appid } = (await sandbox.credentials()).wechat;
      await sandbox.cashier({
        // WeChat knows the app that asks; wx.requestPayment is not told.
        appId: appid,
        timeStamp: text('timeStamp'),
        nonceStr: text('nonceStr'),
        package: text('package'),
        signType: text('signType'),
        paySign: text('paySign'),
        openid: person.openid,
        outcome: 'pay',
      });
    },
  });
}

/** wx.request over the wire; an upload carries the person's specimen card, front first. */
function throughFetch(origin: string, person: SpecimenPerson): Network {
  return async ({ method, url, headers, body, file }) => {
    const to = url.replace(BUILT_FOR, origin);
    const side = to.endsWith('back') ? 'back' : 'front';
    const form = new FormData();
    if (file) form.append('file', await stack.sandbox.idPhoto(person.id, side), 'photo.jpg');
    const answer = await fetch(to, {
      method,
      headers,
      ...(file ? { body: form } : body && { body }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: text === '' ? undefined : JSON.parse(text),
    };
  };
}

it('takes a student from 第一次登录 to the QR, and from cancelling to the refund, on the real service', async () => {
  const [student] = demo.students;
  if (!student) throw new Error('the demo has no student');
  const app = await phoneOf(student.person).launch();
  await verify(app, student.person);
  await app.tap('#to-enrolment');
  await confirmAndHold(app);
  await app.tap('#pay');
  await app.tap('#see-code');
  await app.see('#state-booked');
  expect((await app.drawing()).fills.length).toBeGreaterThan(100);

  await app.tap('#to-orders');
  await app.tap('#cancel');
  await app.seeText('已付的 30.00 元全额原路退回');
  await app.tap('#cancel-now');
  await app.seeText('已原路退回');
});
