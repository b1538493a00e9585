/** The sandbox's control API, as far as a demo in the browser needs it. */
export interface DemoPerson {
  id: string;
  name: string;
  openid: string;
  idNumber: string;
  phone: string;
  bankCard: string;
  bankName: string;
}

export interface DemoPhase {
  key: string;
  label: string;
  at: string;
}

export type CashierChoice = 'pay' | 'cancel' | 'fail';

export interface Control {
  /** @returns a part of them, and how many there are */
  people(limit: number, offset: number): Promise<{ people: DemoPerson[]; total: number }>;
  person(id: string): Promise<DemoPerson>;
  idPhoto(id: string, side: 'front' | 'back'): Promise<Blob>;
  loginCode(openid: string): Promise<string>;
  /** Answers as wx.requestPayment would: `requestPayment:ok`, `:fail cancel`, `:fail …`. */
  cashier(order: object, openid: string, outcome: CashierChoice): Promise<string>;
  now(): Promise<string>;
  phases(): Promise<DemoPhase[]>;
  moveTo(instant: string): Promise<void>;
  subscribe(openid: string, templateId: string, decision: 'accept' | 'reject'): Promise<void>;
}

/** @param origin as `GET /config.json` of the API names it */
export function openControl(origin: string): Control {
  const ask = async (path: string, body?: object): Promise<Response> => {
    const answer = await fetch(`${origin}${path}`, {
      method: body ? 'POST' : 'GET',
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`demo control ${path}: ${answer.status} ${await answer.text()}`);
    return answer;
  };
  const json = async <T>(path: string, body?: object): Promise<T> => (await ask(path, body)).json();

  return {
    people: (limit, offset) => json(`/people?limit=${limit}&offset=${offset}`),
    person: (id) => json(`/people/${encodeURIComponent(id)}`),
    async idPhoto(id, side) {
      return (await ask(`/people/${encodeURIComponent(id)}/id-card/${side}.jpg`)).blob();
    },
    async loginCode(openid) {
      return (await json<{ code: string }>('/wechat/codes', { openid })).code;
    },
    async cashier(order, openid, outcome) {
      return (await json<{ errMsg: string }>('/pay/cashier', { ...order, openid, outcome })).errMsg;
    },
    async now() {
      return (await json<{ now: string }>('/clock')).now;
    },
    phases: () => json('/clock/phases'),
    async moveTo(instant) {
      await ask('/clock', { now: instant, allowBackwards: true });
    },
    async subscribe(openid, templateId, decision) {
      await ask('/subscriptions', { openid, templateId, decision });
    },
  };
}
