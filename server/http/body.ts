import Busboy from '@fastify/busboy';
import type { Context } from 'koa';
import rawBody from 'raw-body';
import type { Endpoint } from '../../shared/contract/endpoint';
import { AppError } from '../errors';
import type { UploadedFile } from './route';

const JSON_BYTES = 100_000;

/**
 * @returns the parsed JSON body; undefined when there is none
 * @throws AppError WRONG_CONTENT_TYPE, BODY_TOO_LARGE, BAD_JSON
 */
export async function readJson(ctx: Context, endpoint: Endpoint): Promise<unknown> {
  const bytes = await readBytes(ctx, endpoint.maxBytes ?? JSON_BYTES);
  if (bytes.length === 0) return undefined;
  if (!ctx.is('json')) throw new AppError('WRONG_CONTENT_TYPE', { expected: 'application/json' });
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new AppError('BAD_JSON', {}, { cause });
  }
}

/** @throws AppError BODY_TOO_LARGE, BAD_REQUEST when the sender stops half-way */
export async function readBytes(ctx: Context, limit: number): Promise<Buffer> {
  if (ctx.get('content-encoding') && ctx.get('content-encoding') !== 'identity') {
    throw new AppError('WRONG_CONTENT_TYPE', { expected: 'no content-encoding' });
  }
  try {
    return await rawBody(ctx.req, { limit, length: ctx.get('content-length') || null });
  } catch (cause) {
    const tooLarge = cause instanceof Error && 'type' in cause && cause.type === 'entity.too.large';
    if (tooLarge) ctx.set('connection', 'close');
    throw new AppError(tooLarge ? 'BODY_TOO_LARGE' : 'BAD_REQUEST', tooLarge ? { limit } : {}, { cause });
  }
}

/** The one file of a multipart form. @throws AppError as above */
export function readUpload(ctx: Context, rules: NonNullable<Endpoint['upload']>): Promise<UploadedFile> {
  const { 'content-type': contentType = '' } = ctx.req.headers;
  if (!ctx.is('multipart/form-data')) {
    throw new AppError('WRONG_CONTENT_TYPE', { expected: 'multipart/form-data' });
  }
  return new Promise((resolve, reject) => {
    const form = Busboy({
      headers: { ...ctx.req.headers, 'content-type': contentType },
      limits: { files: 1, fields: 5, fieldSize: 1000, fileSize: rules.maxBytes, headerPairs: 20 },
    });
    let file: UploadedFile | undefined;
    const refuse = (error: AppError) => {
      ctx.req.unpipe(form);
      ctx.req.resume();
      reject(error);
    };
    form.on('file', (_field, stream, name, _encoding, type) => {
      if (rules.types !== 'any' && !rules.types.includes(type)) {
        stream.resume();
        refuse(new AppError('WRONG_CONTENT_TYPE', { expected: [...rules.types].join(', ') }));
        return;
      }
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('limit', () => refuse(new AppError('BODY_TOO_LARGE', { limit: rules.maxBytes })));
      stream.on('end', () => {
        file = { bytes: Buffer.concat(chunks), contentType: type, name };
      });
    });
    form.on('finish', () => {
      if (!file) reject(new AppError('BAD_REQUEST', { fields: { file: '请选择一个文件' } }));
      else if (file.bytes.length === 0) reject(new AppError('FILE_EMPTY'));
      else resolve(file);
    });
    form.on('error', (cause) => refuse(new AppError('BAD_REQUEST', {}, { cause })));
    ctx.req.on('aborted', () => reject(new AppError('BAD_REQUEST')));
    ctx.req.pipe(form);
  });
}
