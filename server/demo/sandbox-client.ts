/** What a demo, rehearsal or test asks of the sandbox's control API. */
export interface SpecimenPerson {
  id: string;
  name: string;
  sex: '男' | '女';
  idNumber: string;
  phone: string;
  bankCard: string;
  bankName: string;
  openid: string;
}

export interface SandboxMerchant {
  mchid: string;
  name: string;
  appid: string;
  apiV3Key: string;
  serialNo: string;
  privateKey: string;
  certificate: string;
  platform: { publicKeyId: string; publicKey: string; certificateSerial: string; certificate: string };
}

export interface SandboxCredentials {
  merchants: SandboxMerchant[];
  wechat: { appid: string; secret: string };
  tencent: { secretId: string; secretKey: string };
}

export interface DemoPhase {
  key: string;
  label: string;
  /** ISO 8601 */
  at: string;
}

export interface CashierRequest {
  appId: string;
  timeStamp: string;
  nonceStr: string;
  package: string;
  signType: string;
  paySign: string;
  openid: string;
  outcome: 'pay' | 'cancel' | 'fail';
  couponFen?: number;
}

/** A subscription message that reached a phone. */
export interface SentMessage {
  openid: string;
  templateId: string;
  page?: string;
  data: Record<string, { value: string }>;
  at: string;
}

export interface ShownCode {
  code: string;
  next: string;
  secondsLeft: number;
}

export type SandboxClient = ReturnType<typeof createSandboxClient>;

/** @param control origin of the control API */
export function createSandboxClient(control: string) {
  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const response = await fetch(new URL(path, control), {
      method,
      ...(body === undefined
        ? {}
        : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!response.ok)
      throw new Error(
        `sandbox ${method} ${path}: ${response.status} ${(await response.text()).slice(0, 300)}`,
      );
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  return {
    control,
    credentials: () => ask<SandboxCredentials>('GET', '/credentials'),
    /** WeChat forgets the old one at once; the service is told by an operator. */
    rotateKey: (mchid: string, what: 'apiV3Key' | 'certificate' | 'public-key') =>
      ask('POST', `/merchants/${mchid}/rotate-key`, { what }),
    now: async () => new Date((await ask<{ now: string }>('GET', '/clock')).now),
    /** @param allowBackwards demos may begin anew; nothing else goes back in time */
    setClock: (now: Date, allowBackwards = false) =>
      ask('POST', '/clock', { now: now.toISOString(), allowBackwards }),
    advance: (milliseconds: number) => ask('POST', '/clock', { advanceMs: milliseconds }),
    setPhases: (phases: readonly DemoPhase[]) => ask('PUT', '/clock/phases', phases),
    createPeople: (count: number, seed: number) => ask<SpecimenPerson[]>('POST', '/people', { count, seed }),
    /** JPEG, drawn for this person */
    async idPhoto(personId: string, side: 'front' | 'back'): Promise<Blob> {
      const response = await fetch(new URL(`/people/${personId}/id-card/${side}.jpg`, control));
      if (!response.ok) throw new Error(`sandbox id photo: ${response.status}`);
      return new Blob([await response.arrayBuffer()], { type: 'image/jpeg' });
    },
    loginCode: async (openid: string) =>
      (await ask<{ code: string }>('POST', '/wechat/codes', { openid })).code,
    cashier: (request: CashierRequest) => ask('POST', '/pay/cashier', request),
    declareTemplate: (templateId: string, fields: readonly string[]) =>
      ask('PUT', '/templates', { templateId, fields }),
    /** What WeChat's subscription prompt was answered with. */
    subscribe: (openid: string, templateId: string, decision: 'accept' | 'reject' = 'accept') =>
      ask('POST', '/subscriptions', { openid, templateId, decision }),
    inbox: (openid?: string) =>
      ask<SentMessage[]>('GET', `/inbox${openid ? `?openid=${encodeURIComponent(openid)}` : ''}`),
    /** Money that is in the merchant's account beside what the sandbox has taken: WeChat keeps its fee of every payment. */
    setAvailable: (mchid: string, availableFen: number) => ask('POST', '/balance', { mchid, availableFen }),
    /** Scans the QR of an enrolment with the phone of that account. */
    scanAuthenticator: (uri: string) => ask('PUT', '/authenticators', { uri }),
    /** What the phone of an account shows. */
    authenticator: (account: string) =>
      ask<ShownCode>('GET', `/authenticators/${encodeURIComponent(account)}`),
    plantFault: (fault: object) => ask('POST', '/faults', fault),
    clearFaults: () => ask('DELETE', '/faults'),
    ask,
  };
}
