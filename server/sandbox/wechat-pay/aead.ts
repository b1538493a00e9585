import { createCipheriv } from 'node:crypto';
import { randomText } from '../random';

export interface EncryptedResource {
  algorithm: 'AEAD_AES_256_GCM';
  /** base64 of ciphertext and tag */
  ciphertext: string;
  nonce: string;
  associated_data: string;
}

/** Encrypts with a merchant's APIv3 key, as callbacks and certificates are. */
export function encryptResource(plain: string, apiV3Key: string, associatedData: string): EncryptedResource {
  const nonce = randomText(12);
  const cipher = createCipheriv('aes-256-gcm', apiV3Key, nonce);
  cipher.setAAD(Buffer.from(associatedData));
  const sealed = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return {
    algorithm: 'AEAD_AES_256_GCM',
    ciphertext: sealed.toString('base64'),
    nonce,
    associated_data: associatedData,
  };
}
