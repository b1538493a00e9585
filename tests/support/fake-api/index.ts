import { type Contract, type ContractKey, contract } from '../../../shared/contract';
import type { Response } from '../../../shared/contract/endpoint';
import { ERRORS, type ErrorCode } from '../../../shared/contract/errors';
import { makeUpNow } from '../../../shared/domain/make-up-hours';
import { workCalendar } from '../../../shared/domain/working-days';
import { campaignAt, SESSIONS } from './campaign';
import { staffHandlers } from './staff-handlers';
import { type FakeState, FRESH } from './state';
import { studentHandlers } from './student-handlers';

export interface FakeRequest {
  method: string;
  /** With or without origin. */
  url: string;
  headers: Readonly<Record<string, string>>;
  body: unknown;
}

export interface FakeAnswer {
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

/** What a handler is given; `fake.state` is theirs to read and change. */
export interface Call {
  fake: FakeApi;
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
  body: Readonly<Record<string, unknown>>;
}

export type Handlers = { [K in ContractKey]?: (call: Call) => Response<Contract[K]> };

/** A refusal with a registered code, as the real service would word it. */
export class Refuse extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly details: Record<string, string | number> = {},
  ) {
    super(code);
  }
}

/**
 * A tiny stand-in for the whole API, for tests of the phone alone. It holds one student's state. Every answer is
 * parsed by the contract's own schema, so that it cannot drift from what the service promises.
 */
export class FakeApi {
  state: FakeState = FRESH;
  /** What WeChat's cashier has done; the next payment-check finds it out. */
  hasPaid = false;
  /** Another list for the staff phone than that of the one student. */
  sealedList: string | null = null;
  /** No network: nothing is answered. */
  isCutOff = false;
  /** The kinds of messages that were accepted. */
  readonly accepted: string[] = [];
  /** Keys of the calls so far, in order. */
  readonly calls: ContractKey[] = [];
  /** The next answers to these keys are refusals or, with null, no answer at all. */
  readonly troubles = new Map<ContractKey, (Refuse | null)[]>();

  private readonly handlers: Handlers = {
    'GET /api/campaigns': ({ fake }) => ({
      campaigns: fake.state.hasCampaign ? [campaignAt(fake.state.now, fake.state)] : [],
    }),
    'GET /api/campaigns/:id/make-up': ({ fake }) => {
      const { makeUp } = campaignAt(fake.state.now, fake.state);
      if (!makeUp) return { status: null };
      const { isOpen, closesAt, opensAt } = makeUpNow(makeUp, workCalendar(), fake.state.now);
      return {
        status: {
          isOpen,
          closesAt: closesAt?.toISOString() ?? null,
          opensAt: opensAt?.toISOString() ?? null,
          days: [],
        },
      };
    },
    'GET /api/campaigns/:id/timetable': ({ query }) => {
      const hits = SESSIONS.filter(({ title }) => title.includes(query.q ?? ''));
      return { hits: hits.slice(0, 20), total: hits.length };
    },
    ...studentHandlers,
    ...staffHandlers,
  };

  /** @throws NoAnswer when a trouble says so */
  answer(request: FakeRequest): FakeAnswer {
    if (this.isCutOff) throw new NoAnswer(request.url);
    const { pathname, searchParams } = new URL(request.url, 'http://fake');
    const found = keyOf(request.method, pathname);
    if (!found) return refusal(new Refuse('NOT_FOUND'));
    const { key, params } = found;
    this.calls.push(key);
    const trouble = this.troubles.get(key)?.shift();
    if (trouble === null) throw new NoAnswer(key);
    if (trouble) return refusal(trouble);
    const handler = this.handlers[key];
    if (!handler) return refusal(new Refuse('NOT_FOUND'));
    try {
      const body = bodyOf(request.body);
      return answered(
        key,
        handler({ fake: this, params, query: Object.fromEntries(searchParams), body }),
        request,
      );
    } catch (error) {
      if (error instanceof Refuse) return refusal(error);
      throw error;
    }
  }
}

/** The line was cut. */
export class NoAnswer extends Error {}

function keyOf(method: string, pathname: string) {
  for (const key of Object.keys(contract) as ContractKey[]) {
    const [verb, template = ''] = key.split(' ');
    const pattern = new RegExp(`^${template.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`);
    const match = verb === method ? pattern.exec(pathname) : null;
    if (match) return { key, params: { ...match.groups } };
  }
  return undefined;
}

function answered(key: ContractKey, value: unknown, request: FakeRequest): FakeAnswer {
  const endpoint = contract[key];
  const body = 'response' in endpoint ? endpoint.response.parse(value) : undefined;
  // The clock alone makes no new answer, as in the real service.
  const etag = `"${hash(JSON.stringify(body, (name, part) => (name === 'now' ? undefined : part)))}"`;
  if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag }, body: undefined };
  return { status: 200, headers: { etag }, body };
}

function refusal({ code, details }: Refuse): FakeAnswer {
  const { status, message: template } = ERRORS[code];
  const message = template.replace(/\{(\w+)\}/g, (_, name: string) => String(details[name] ?? ''));
  return { status, headers: {}, body: { error: { code, message, details, requestId: 'fake-request' } } };
}

function bodyOf(body: unknown): Record<string, unknown> {
  const value: unknown = typeof body === 'string' && body !== '' ? JSON.parse(body) : body;
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function hash(text = ''): string {
  let sum = 5381;
  for (let index = 0; index < text.length; index += 1) sum = (sum * 33 + text.charCodeAt(index)) >>> 0;
  return sum.toString(36);
}
