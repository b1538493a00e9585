import type { ParameterizedContext } from 'koa';
import type { z } from 'zod';
import { jsonOf, type RawState } from '../http/body';

/** A refusal of the control API: an HTTP status and one sentence. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export function refuse(status: number, message: string): never {
  throw new Refusal(status, message);
}

type WithBody = Pick<ParameterizedContext<RawState>, 'state'>;

/** The JSON body checked against `schema`; an empty body reads as {}. */
export function bodyOf<S extends z.ZodType>(context: WithBody, schema: S): z.infer<S> {
  const { rawBody } = context.state;
  const parsed = schema.safeParse(rawBody.length === 0 ? {} : jsonOf(rawBody));
  if (!parsed.success) refuse(400, parsed.error.issues.map(describe).join('; '));
  return parsed.data;
}

export function queryOf<S extends z.ZodType>(context: { query: unknown }, schema: S): z.infer<S> {
  const parsed = schema.safeParse({ ...Object(context.query) });
  if (!parsed.success) refuse(400, parsed.error.issues.map(describe).join('; '));
  return parsed.data;
}

function describe(issue: z.core.$ZodIssue): string {
  const place = issue.path.join('.');
  return place === '' ? issue.message : `${place}: ${issue.message}`;
}
