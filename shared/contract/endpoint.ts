import { z } from 'zod';
import type { ErrorCode } from './errors';

/** Who may call an endpoint at all; scopes (school, campaign, room, own record) are the use case's business. */
export const ROLES = [
  'student',
  'staff',
  'office',
  'college',
  'support',
  'finance',
  'auditor',
  'operator',
] as const;
export type Role = (typeof ROLES)[number];
export type Caller = Role | 'anyone';

export type RateLimit = 'read' | 'write' | 'login' | 'verification' | 'search' | 'upload' | 'scan';

export interface Endpoint {
  summary: string;
  who: readonly Caller[];
  limit: RateLimit;
  /** Also for a console user who has yet to change the password that the office gave. */
  evenWithGivenPassword?: true;
  /**
   * A code of the caller's authenticator is asked for, in the header `x-code`: always; when the body's `decision` is to
   * approve; or as soon as the caller has an authenticator.
   */
  secondFactor?: 'always' | 'to-approve' | 'once-enrolled';
  params?: z.ZodType;
  query?: z.ZodType;
  /** A JSON body, unless `upload` or `raw` says otherwise. */
  body?: z.ZodType;
  /** Largest JSON body; 100 kB unless said. */
  maxBytes?: number;
  /** multipart/form-data with one file named "file"; the largest size in bytes */
  upload?: { maxBytes: number; types: readonly string[] | 'any' };
  /** The answer is a file of this type, to be saved. */
  download?: string;
  /** The answer; absent for an empty 204. */
  response?: z.ZodType;
  /** Registered errors particular to this endpoint (the general ones go without saying). */
  errors?: readonly ErrorCode[];
}

/** "METHOD /path/:param" → endpoint. The key is all that a client needs at run time; the rest it takes as types. */
export type ContractPart = Readonly<
  Record<`${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`, Endpoint>
>;

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type Sent<T> = T extends z.ZodType ? z.input<T> : undefined;
type Field<E, K extends string> = E extends { [P in K]: infer T } ? T : undefined;

/** What a handler receives, parsed. */
export interface Received<E> {
  params: Parsed<Field<E, 'params'>>;
  query: Parsed<Field<E, 'query'>>;
  body: Parsed<Field<E, 'body'>>;
}

/** What a client sends; only the parts that the endpoint has. */
export type Request<E> = {
  [K in 'params' | 'query' | 'body' as Field<E, K> extends undefined ? never : K]: Sent<Field<E, K>>;
};

export type Response<E> = Parsed<Field<E, 'response'>>;

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

// The small words of every contract.

export const Id = z.string().regex(/^[0-9a-f]{24}$/);
export const IdParams = z.strictObject({ id: Id });
/** An instant, ISO 8601 with zone. */
export const Instant = z.iso.datetime({ offset: true });
/** A day in Asia/Shanghai. */
export const Day = z.iso.date();
/** A time of day in Asia/Shanghai, "08:30". */
export const TimeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
export const FenAmount = z.int();
/** One line of text as a person types it: trimmed, no control characters. */
export const Line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\p{Cc}]*$/u);
/** Given anew by the client for every intention, the same again on a retry. */
export const Nonce = z.string().regex(/^[0-9A-Za-z_-]{16,64}$/);
export const Page = z.strictObject({
  after: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});
