import { type Dispatcher, errors, request } from 'undici';
import { SettingError } from '../crypto/settings';

export interface RawAnswer {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
}

export interface StreamedAnswer extends Omit<RawAnswer, 'body'> {
  body: Dispatcher.ResponseData['body'];
}

/** `sent` is false only when it is certain that no byte of the request left. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure';

  constructor(
    readonly code: string,
    readonly sent: boolean,
  ) {
    super(`${code}${sent ? '' : ', not sent'}`);
  }
}

export interface OutgoingRequest {
  method: 'GET' | 'POST';
  /** Path and query count; a host in it is replaced by the transport's own. */
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** Milliseconds for the whole answer; for a stream, until its head. */
  timeoutMs: number;
}

export interface Transport {
  /** @throws TransportFailure */
  send(outgoing: OutgoingRequest): Promise<RawAnswer>;
  /** The body must be read or destroyed by the caller. @throws TransportFailure */
  stream(outgoing: OutgoingRequest): Promise<StreamedAnswer>;
}

/** JSON answers are below 10 KB, a mini-program code below 200 KB. Longer ones are streamed. */
const MAX_ANSWER_BYTES = 1_000_000;

/** A stream that says nothing for so long is broken. */
const STREAM_IDLE_MS = 30_000;

const NOT_SENT: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/**
 * One origin, reached with time limits. Follows no redirects, repeats nothing.
 *
 * @param setting the name of `baseUrl` in the settings
 * @throws SettingError unless `baseUrl` is an origin
 */
export function createTransport(options: {
  setting: string;
  baseUrl: string;
  dispatcher?: Dispatcher | undefined;
}): Transport {
  const origin = parseOrigin(options.setting, options.baseUrl);

  async function open(outgoing: OutgoingRequest, signal: AbortSignal): Promise<StreamedAnswer> {
    const { pathname, search } = new URL(outgoing.url, origin);
    const { statusCode, headers, body } = await request(`${origin}${pathname}${search}`, {
      method: outgoing.method,
      headers: outgoing.headers,
      signal,
      bodyTimeout: STREAM_IDLE_MS,
      ...(outgoing.body === undefined ? {} : { body: outgoing.body }),
      ...(options.dispatcher ? { dispatcher: options.dispatcher } : {}),
    });
    return { status: statusCode, headers, body };
  }

  return {
    async send(outgoing) {
      return withDeadline(outgoing.timeoutMs, async (signal) => {
        const { status, headers, body } = await open(outgoing, signal);
        return { status, headers, body: await collect(body) };
      });
    },
    stream: (outgoing) => withDeadline(outgoing.timeoutMs, (signal) => open(outgoing, signal)),
  };
}

/** The deadline ends with `work`: a stream that has begun is watched by `bodyTimeout` instead. */
async function withDeadline<T>(timeoutMs: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const deadline = new AbortController();
  const timer = setTimeout(() => deadline.abort(), timeoutMs);
  try {
    return await work(deadline.signal);
  } catch (error) {
    if (deadline.signal.aborted) throw new TransportFailure('TIMEOUT', true);
    throw asTransportFailure(error);
  } finally {
    clearTimeout(timer);
  }
}

async function collect(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_ANSWER_BYTES) throw new TransportFailure('ANSWER_TOO_LARGE', true);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Keeps the code alone: a network error's text may hold addresses, and its cause the request. */
function asTransportFailure(error: unknown): TransportFailure {
  if (error instanceof TransportFailure) return error;
  if (error instanceof errors.BodyTimeoutError) return new TransportFailure('TIMEOUT', true);
  const code = codeOf(error) ?? 'NETWORK';
  return new TransportFailure(code, !NOT_SENT.has(code));
}

function parseOrigin(setting: string, baseUrl: string): string {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search || url.hash) {
    throw new SettingError(setting, 'must be an origin such as https://api.example.com');
  }
  return url.origin;
}

/** The system's or undici's code of an error (ECONNRESET, UND_ERR_SOCKET …). */
export const codeOf = (error: unknown): string | undefined =>
  typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
