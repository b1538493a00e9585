import { z } from 'zod';
import type { DemoClock } from '../clock/demo-clock';
import { jsonOf } from '../http/body';
import { randomText } from '../random';
import { type Store, timeKey } from '../store';
import { WechatError } from './errors';
import { faultOfField } from './message-fields';

type Decision = 'accept' | 'reject' | 'ban' | 'filter';

interface Consent {
  /** Messages that may still be sent: one per accept. */
  left: number;
  banned: boolean;
}

interface SentMessage {
  openid: string;
  templateId: string;
  page?: string | undefined;
  data: Record<string, { value: string }>;
  miniprogramState?: string | undefined;
  at: string;
  msgid: string;
}

const request = z.object({
  touser: z.string().min(1),
  template_id: z.string().min(1),
  page: z.string().optional(),
  data: z.record(z.string(), z.object({ value: z.string() })),
  miniprogram_state: z.enum(['developer', 'trial', 'formal']).optional(),
  lang: z.string().optional(),
});

export interface Messages {
  /** What requestSubscribeMessage recorded. */
  decide(openid: string, templateId: string, decision: Decision): Consent;
  /** Declares a template and, when given, the fields it must have. */
  declare(templateId: string, fields: string[]): void;
  /** `POST /cgi-bin/message/subscribe/send` */
  send(rawBody: Buffer): { errcode: 0; errmsg: 'ok'; msgid: string };
  inbox(openid?: string): SentMessage[];
}

export function openMessages(store: Store, clock: DemoClock): Messages {
  const templates = store.table<string[]>('templates');
  const consents = store.table<Consent>('subscriptions');
  const sent = store.table<SentMessage>('inbox');

  const consentOf = (openid: string, templateId: string) =>
    consents.get(`${openid}/${templateId}`) ?? { left: 0, banned: false };

  return {
    decide(openid, templateId, decision) {
      const before = consentOf(openid, templateId);
      const after = {
        left: decision === 'accept' ? before.left + 1 : before.left,
        banned: decision === 'ban',
      };
      store.write(() => {
        consents.put(`${openid}/${templateId}`, after);
        if (!templates.get(templateId)) templates.put(templateId, []);
      });
      return after;
    },
    declare: (templateId, fields) => store.write(() => templates.put(templateId, fields)),
    send(rawBody) {
      const parsed = request.safeParse(jsonOf(rawBody));
      if (!parsed.success)
        throw new WechatError(47003, `argument invalid! ${parsed.error.issues[0]?.path.join('.')}`);
      const { touser, template_id: templateId, page, data, miniprogram_state: state } = parsed.data;
      const fields = templates.get(templateId);
      if (!fields) throw new WechatError(40037, 'invalid template_id');
      const fault = faultOf(data, fields);
      if (fault) throw new WechatError(47003, `argument invalid! ${fault}`);
      const consent = consentOf(touser, templateId);
      if (consent.banned || consent.left === 0) throw new WechatError(43101, 'user refuse to accept the msg');
      const msgid = randomText(18);
      store.write(() => {
        consents.put(`${touser}/${templateId}`, { ...consent, left: consent.left - 1 });
        sent.put(`${timeKey(clock.nowMs())}/${msgid}`, {
          openid: touser,
          templateId,
          page,
          data,
          miniprogramState: state,
          at: clock.now().toISOString(),
          msgid,
        });
      });
      return { errcode: 0, errmsg: 'ok', msgid };
    },
    inbox: (openid) =>
      [...sent.getRange()]
        .map(({ value }) => value)
        .filter((message) => openid === undefined || message.openid === openid),
  };
}

function faultOf(data: Record<string, { value: string }>, fields: string[]): string | undefined {
  const missing = fields.find((field) => !(field in data));
  if (missing) return `data.${missing}.value is empty`;
  const stranger = Object.keys(data).find((field) => fields.length > 0 && !fields.includes(field));
  if (stranger) return `data.${stranger} invalid`;
  const wrong = Object.entries(data).find(([field, { value }]) => faultOfField(field, value));
  return wrong && `data.${wrong[0]}.value invalid`;
}
