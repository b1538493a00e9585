import { createDecipheriv } from 'node:crypto';
import { z } from 'zod';
import type { Clock } from '../clock';
import { findSignatureProblem, type Headers, type SignatureProblem } from './signature';
import type { VerificationKeys } from './verification-keys';
import { notifiedRefund, type PaidTransaction, paidTransaction, type Refund } from './wire';

export type CallbackProblem = SignatureProblem | 'bad_ciphertext';

/** A callback that must not be believed. Answer 4XX; nothing may be written because of it but a count. */
export class CallbackError extends Error {
  override readonly name = 'CallbackError';

  constructor(readonly reason: CallbackProblem) {
    super(`WeChat Pay callback: ${reason}`);
  }
}

/** Shape of `resource` in a callback's body. */
export interface EncryptedResource {
  algorithm: 'AEAD_AES_256_GCM';
  /** base64 of ciphertext and tag */
  ciphertext: string;
  /** may be empty */
  associated_data: string;
  nonce: string;
}

export interface CallbackEnvelope {
  /** The same for every delivery of one event. */
  id: string;
  createdAt: Date;
  eventType: string;
  resource: EncryptedResource;
}

interface NotificationHead {
  eventId: string;
  createdAt: Date;
}

export type Notification =
  | (NotificationHead & { kind: 'payment'; transaction: PaidTransaction })
  | (NotificationHead & { kind: 'refund'; refund: Refund & { mchid: string } });

const TAG_BYTES = 16;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Proves that a callback is WeChat's, on the bytes as they came.
 *
 * @param headers lower-case names
 * @throws CallbackError
 */
export function verifyCallback(callback: {
  headers: Headers;
  rawBody: Uint8Array;
  keys: VerificationKeys;
  clock: Clock;
}): CallbackEnvelope {
  const { headers, rawBody, keys, clock } = callback;
  const problem = findSignatureProblem({ headers, rawBody, keys, now: clock.now() });
  if (problem) throw new CallbackError(problem);
  return parsed(envelope, rawBody);
}

/**
 * Opens AEAD_AES_256_GCM; the tag proves that neither ciphertext nor associated data were changed.
 *
 * @returns the plaintext, JSON as WeChat wrote it
 * @throws CallbackError bad_ciphertext
 */
export function decryptResource(options: { resource: EncryptedResource; apiV3Key: string }): Buffer {
  const { ciphertext, nonce, associated_data } = options.resource;
  const bytes = Buffer.from(ciphertext, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', options.apiV3Key, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(associated_data))
      .setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([decipher.update(bytes.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    // Too short, a nonce of no length, a wrong key or a wrong tag: all the same to us.
    throw new CallbackError('bad_ciphertext');
  }
}

/** Verifies, opens and reads a payment or refund callback. @throws CallbackError */
export function openNotification(callback: {
  headers: Headers;
  rawBody: Uint8Array;
  keys: VerificationKeys;
  clock: Clock;
  apiV3Key: string;
}): Notification {
  const { id, createdAt, eventType, resource } = verifyCallback(callback);
  const plaintext = decryptResource({ resource, apiV3Key: callback.apiV3Key });
  const head = { eventId: id, createdAt };
  if (eventType === 'TRANSACTION.SUCCESS') {
    return { ...head, kind: 'payment', transaction: parsed(paidTransaction, plaintext) };
  }
  if (eventType.startsWith('REFUND.')) {
    return { ...head, kind: 'refund', refund: parsed(notifiedRefund, plaintext) };
  }
  throw new CallbackError('malformed');
}

const envelope = z
  .object({
    id: z.string().min(1).max(64),
    create_time: z.iso.datetime({ offset: true }),
    event_type: z.string(),
    resource: z.object({
      algorithm: z.literal('AEAD_AES_256_GCM'),
      ciphertext: z.string(),
      associated_data: z.string().default(''),
      nonce: z.string().min(1),
    }),
  })
  .transform(
    (wire): CallbackEnvelope => ({
      id: wire.id,
      createdAt: new Date(wire.create_time),
      eventType: wire.event_type,
      resource: wire.resource,
    }),
  );

function parsed<T>(schema: z.ZodType<T>, bytes: Uint8Array): T {
  const read = schema.safeParse(jsonOf(bytes));
  if (!read.success) throw new CallbackError('malformed');
  return read.data;
}

function jsonOf(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(UTF8.decode(bytes));
  } catch {
    return undefined;
  }
}
