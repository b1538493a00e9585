import { z } from 'zod';
import { fen } from '../../../shared/domain/money';
import { WeChatPayError, type WeChatPayOperation } from './errors';

/** WeChat's documented limits: breaking one is found here, by its name, instead of as PARAM_ERROR. */

export const outTradeNo = z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/);
export const outRefundNo = z.string().regex(/^[0-9A-Za-z_\-|*@]{1,64}$/);
export const amount = z.number().int().positive().transform(fen);
export const notifyUrl = z.string().max(255).refine(isNotifyUrl, 'must be https without query');
export const billDay = z.iso.date();

/** Loopback may do without TLS: there the sandbox calls back. */
function isNotifyUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, search, hash } = new URL(value);
  if (search || hash) return false;
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname));
}

/** @throws WeChatPayError `invalid-request` naming the fields, not their values */
export function checkRequest<T>(operation: WeChatPayOperation, rules: z.ZodType<T>, request: unknown): T {
  const checked = rules.safeParse(request);
  if (checked.success) return checked.data;
  const detail = fieldsOf(checked.error);
  throw new WeChatPayError({ kind: 'invalid-request', operation, code: 'INVALID_REQUEST', detail });
}

/** @throws WeChatPayError `unexpected-answer` naming the fields, not their values */
export function readAnswer<T>(operation: WeChatPayOperation, schema: z.ZodType<T>, answer: unknown): T {
  const read = schema.safeParse(answer);
  if (read.success) return read.data;
  const detail = fieldsOf(read.error);
  throw new WeChatPayError({ kind: 'unexpected-answer', operation, code: 'UNEXPECTED_ANSWER', detail });
}

const fieldsOf = (error: z.ZodError) =>
  error.issues.map(({ path, code }) => `${path.join('.') || 'value'} ${code}`).join(', ');

const SHANGHAI_OFFSET_MS = 8 * 3_600_000;

/** "2022-11-19T09:05:00+08:00", whole seconds. */
export const rfc3339 = (instant: Date): string =>
  new Date(instant.getTime() + SHANGHAI_OFFSET_MS).toISOString().replace(/\.\d+Z$/, '+08:00');
