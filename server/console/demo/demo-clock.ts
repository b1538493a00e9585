/** The phone of whoever sits at the console in a demonstration: real authenticator apps keep real time. */
export interface DemoPhone {
  scan: (uri: string) => Promise<void>;
  /** What its authenticator shows for an account. */
  show: (account: string) => Promise<{ code: string; secondsLeft: number }>;
}

export interface DemoClock {
  /** Demo time minus this computer's. */
  offsetMs: number;
  /** When that was read, on this computer's clock. */
  readAt: number;
  phases: readonly { label: string; at: string }[];
  moveTo: (instant: string) => Promise<void>;
  phone: DemoPhone;
}

/** The sandbox's clock, if the API says that there is one; null in earnest. */
export async function openDemoClock(): Promise<DemoClock | null> {
  const { demo } = await json<{ demo: { control: string } | null }>('/config.json');
  if (!demo) return null;
  const { control } = demo;
  const [clock, phases] = await Promise.all([
    json<{ now: string }>(`${control}/clock`),
    json<DemoClock['phases']>(`${control}/clock/phases`),
  ]);
  const readAt = Date.now();
  return {
    offsetMs: Date.parse(clock.now) - readAt,
    readAt,
    phases,
    phone: phoneAt(control),
    async moveTo(now) {
      await json(`${control}/clock`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ now, allowBackwards: true }),
      });
    },
  };
}

const phoneAt = (control: string): DemoPhone => ({
  async scan(uri) {
    await json(`${control}/authenticators`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ uri }),
    });
  },
  show: (account) => json(`${control}/authenticators/${encodeURIComponent(account)}`),
});

async function json<T>(url: string, init?: RequestInit): Promise<T> {
  const response = await fetch(url, init).catch((cause: unknown) => {
    throw new Error('没有连上演示时钟，时间没有变。请看演示程序是否还在运行。', { cause });
  });
  if (!response.ok) throw new Error(`${url}: ${response.status}`);
  return response.json();
}
