import { z } from 'zod';
import { type ContractPart, Id } from './endpoint';

const Pem = z.string().min(100).max(20_000);

export const merchants = {
  'PUT /api/console/merchants/:merchantId/keys': {
    summary: 'Rotate keys of a merchant account; in use everywhere within five seconds, without a restart',
    who: ['operator'],
    limit: 'write',
    params: z.strictObject({ merchantId: Id }),
    body: z
      .strictObject({
        apiV3Key: z.string().max(100),
        serialNo: z.string().max(100),
        certificatePem: Pem,
        privateKeyPem: Pem,
        /** What WeChat signs with: platform certificates and PUB_KEY_ID_…; the whole list. */
        verificationKeys: z.array(z.strictObject({ serial: z.string().max(100), pem: Pem })).max(10),
      })
      .partial(),
    response: z.object({ mchid: z.string(), serialNo: z.string(), verificationSerials: z.array(z.string()) }),
    errors: ['MERCHANT_KEYS_WRONG', 'CHANGED_MEANWHILE'],
  },
} as const satisfies ContractPart;
