import { model, Schema } from 'mongoose';
import { indexRecords, type RecordDocument, recordFields, recordOptions } from '../../platform/mongo/record';

/** A merchant account (商户): the mchid that takes a school's money. Its secrets are sealed. */
export interface Merchant extends RecordDocument {
  schoolId: string;
  mchid: string;
  name: string;
  appid: string;
  serialNo: string;
  certificatePem: string;
  /** Sealed: place {collection: merchants, recordId, field}. */
  apiV3Key: string;
  privateKeyPem: string;
  /** What WeChat signs with: platform certificates and public keys. */
  verificationKeys: { serial: string; pem: string }[];
}

const schema = new Schema<Merchant>(
  {
    ...recordFields,
    schoolId: { type: String, required: true },
    mchid: { type: String, required: true },
    name: { type: String, required: true },
    appid: { type: String, required: true },
    serialNo: { type: String, required: true },
    certificatePem: { type: String, required: true },
    apiV3Key: { type: String, required: true },
    privateKeyPem: { type: String, required: true },
    verificationKeys: { type: [{ _id: false, serial: String, pem: String }], required: true },
  },
  recordOptions,
);
schema.index({ mchid: 1 }, { unique: true });
schema.index({ schoolId: 1 });
indexRecords(schema);

export const Merchants = model<Merchant>('Merchant', schema, 'merchants');
