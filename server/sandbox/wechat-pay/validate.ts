import { z } from 'zod';
import { jsonOf } from '../http/body';
import { payErrors } from './errors';

/** The body checked as WeChat Pay would: the first fault is named with its place. */
export function parseBody<S extends z.ZodType>(rawBody: Buffer, schema: S): z.infer<S> {
  const body = jsonOf(rawBody);
  if (body === undefined) throw payErrors.paramError('传入参数不符合规范，请使用符合JSON格式的参数');
  return parse(body, schema, 'body');
}

export function parseQuery<S extends z.ZodType>(query: object, schema: S): z.infer<S> {
  return parse({ ...query }, schema, 'query');
}

function parse<S extends z.ZodType>(value: unknown, schema: S, location: string): z.infer<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw payErrors.paramError(`参数错误：${issue?.message ?? ''}`, {
    field: `/${issue?.path.join('/') ?? ''}`,
    issue: issue?.message,
    location,
  });
}

/** At most `most` characters, counted as people do. */
export function text(most: number) {
  return z
    .string()
    .min(1)
    .refine((value) => [...value].length <= most, { message: `超过${most}个字符` });
}

/** At most `most` bytes of UTF-8: a Chinese character is three. */
export function bytes(most: number) {
  return z
    .string()
    .min(1)
    .refine((value) => Buffer.byteLength(value) <= most, { message: `超过${most}个字节` });
}

export const fen = z.number().int().positive().max(100_000_000_00);

/**
 * The address callbacks go to: https without a query, as the real one demands. Plain http is let
 * through to this machine only, because this is a stand-in.
 */
export const notifyUrl = z
  .string()
  .max(256)
  .refine(isAcceptable, { message: 'notify_url必须为https且不能携带参数' });

function isAcceptable(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, hostname, search, hash } = new URL(value);
  if (search !== '' || hash !== '' || value.includes('?')) return false;
  return protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost'].includes(hostname));
}

/** The request as one comparable text: same parameters, same text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
