import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

export interface KeyPair {
  privateKey: string;
  publicKey: string;
}

export interface Certificate {
  /** Upper-case hex, as WeChat Pay prints it. */
  serial: string;
  pem: string;
  notBefore: string;
  notAfter: string;
}

const generate = promisify(generateKeyPair);

/** A fresh RSA-2048 pair, PKCS#8 and SPKI PEM. */
export async function makeKeyPair(): Promise<KeyPair> {
  return generate('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/**
 * A self-signed X.509 certificate, valid for every year a demo may be played in unless told otherwise.
 *
 * @param commonName the merchant id, or the platform's name
 */
export function certify(
  keys: KeyPair,
  commonName: string,
  notAfter = new Date('2049-12-31T00:00:00Z'),
): Certificate {
  const certificate = forge.pki.createCertificate();
  // A positive serial number: its first bit is 0.
  const serial = `1${randomBytes(20).toString('hex').slice(1)}`.toUpperCase();
  const subject = [
    { name: 'commonName', value: commonName },
    { name: 'organizationName', value: 'Sandbox, not Tenpay.com' },
    { name: 'countryName', value: 'CN' },
  ];
  certificate.serialNumber = serial.toLowerCase();
  certificate.publicKey = forge.pki.publicKeyFromPem(keys.publicKey);
  certificate.validity.notBefore = new Date('2020-01-01T00:00:00Z');
  certificate.validity.notAfter = notAfter;
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.sign(forge.pki.privateKeyFromPem(keys.privateKey), forge.md.sha256.create());
  return {
    serial,
    pem: forge.pki.certificateToPem(certificate),
    notBefore: certificate.validity.notBefore.toISOString(),
    notAfter: certificate.validity.notAfter.toISOString(),
  };
}
