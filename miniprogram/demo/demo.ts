import type { MessageKind } from '../../shared/domain/messages';
import type { CashierOutcome, PhotoSource, PhotoSubject, WechatPayment } from '../services/platform/platform';
import { PlatformError } from '../services/platform/platform';
import { templates } from '../services/platform/templates';
import { type Control, type DemoPerson, openControl } from './control';
import { pickFile } from './pick-file';
import { type Question, stage } from './stage';
import { choosePerson, chosenPerson, controlOrigin } from './visitor';

const FIRST_PEOPLE = 24;
/** A list longer than that is no help on a phone. */
const MOST_PEOPLE = 1000;

interface Setting {
  control: Control;
  person: DemoPerson;
}

/** What WeChat would do, played by the sandbox and by whoever watches the demo. */
export const demo = {
  async loginCode(): Promise<string> {
    const { control, person } = await setting();
    return control.loginCode(person.openid);
  },

  async pay(parameters: WechatPayment): Promise<CashierOutcome> {
    const { control, person } = await setting();
    const outcome = await stage.ask<'pay' | 'cancel' | 'fail'>({ kind: 'cashier', payer: person.name });
    const said = await control.cashier(parameters, person.openid, outcome);
    if (said === 'requestPayment:ok') return 'done';
    return said === 'requestPayment:fail cancel' ? 'cancelled' : 'failed';
  },

  /** In a demo the specimen's own ID card is offered next to the files of this computer. */
  async choosePhoto(from: PhotoSource, what: PhotoSubject): Promise<Blob | null> {
    if (!controlOfThisPlace()) return pickFile(from);
    const { control, person } = await setting();
    const question: Question = { kind: 'photo', holder: person.name, what };
    const choice = await stage.ask<'specimen' | 'file' | 'cancel'>(question);
    if (choice === 'cancel') return null;
    if (choice === 'file') return pickFile(from);
    return control.idPhoto(person.id, what === 'id_back' ? 'back' : 'front');
  },

  async askToNotify(kinds: readonly MessageKind[]): Promise<readonly MessageKind[]> {
    const { control, person } = await setting();
    const asked = kinds.filter((kind) => templates[kind] !== undefined);
    if (asked.length === 0) return [];
    const decision = await stage.ask<'accept' | 'reject'>({ kind: 'messages', asked });
    for (const kind of asked) await control.subscribe(person.openid, templates[kind] ?? '', decision);
    return decision === 'accept' ? asked : [];
  },
};

/** Null where the API runs without a sandbox. */
export function controlOfThisPlace(): Control | null {
  const origin = controlOrigin();
  return origin === null ? null : openControl(origin);
}

export async function currentPerson(control: Control): Promise<DemoPerson> {
  const chosen = chosenPerson();
  if (chosen) return control.person(chosen);
  const [first] = (await control.people(1, 0)).people;
  if (!first) throw new PlatformError('沙箱里还没有演示人物，请先启动演示批次。');
  choosePerson(first.id);
  return first;
}

export const firstPeople = (control: Control) => control.people(FIRST_PEOPLE, 0);
export const allPeople = (control: Control) => control.people(MOST_PEOPLE, 0);

/** A new person means a new WeChat: nothing of the old one may stay. */
export function becomePerson(id: string): void {
  localStorage.clear();
  choosePerson(id);
  window.location.assign('/');
}

async function setting(): Promise<Setting> {
  const control = controlOfThisPlace();
  if (!control) throw new PlatformError('请在微信里打开“图采预约”小程序：浏览器不能登录和付款。');
  return { control, person: await currentPerson(control) };
}
