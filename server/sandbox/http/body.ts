import type { ParameterizedContext } from 'koa';
import getRawBody from 'raw-body';

/** What every stand-in's middleware may rely on. */
export interface RawState {
  /** The request body, byte for byte: signatures are over these bytes. */
  rawBody: Buffer;
}

/** Reads the whole body before anything else looks at the request. */
export function readRawBody(limit: string) {
  return async (context: ParameterizedContext<RawState>, next: () => Promise<unknown>) => {
    context.state.rawBody = await getRawBody(context.req, { limit });
    await next();
  };
}

/** The body as JSON, or undefined when it is not JSON. */
export function jsonOf(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString('utf8'));
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** A text at the top of a JSON body; undefined when the body or the field is something else. */
export function textField(rawBody: Buffer, name: string): string | undefined {
  const body = jsonOf(rawBody);
  if (body === null || typeof body !== 'object') return undefined;
  const value: unknown = Reflect.get(body, name);
  return typeof value === 'string' ? value : undefined;
}
