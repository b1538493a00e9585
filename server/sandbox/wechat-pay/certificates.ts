import { rfc3339 } from '../books/time';
import type { Credentials, Merchant } from '../credentials/credentials';
import { encryptResource } from './aead';

/** `GET /v3/certificates`: the platform certificate, encrypted with the merchant's APIv3 key. */
export function presentCertificates(merchant: Merchant, credentials: Credentials) {
  const { certificate } = credentials.platform;
  return {
    data: [
      {
        serial_no: certificate.serial,
        effective_time: rfc3339(Date.parse(certificate.notBefore)),
        expire_time: rfc3339(Date.parse(certificate.notAfter)),
        encrypt_certificate: encryptResource(certificate.pem, merchant.apiV3Key, 'certificate'),
      },
    ],
  };
}
