import { CommonClient } from 'tencentcloud-sdk-nodejs-common';
import { ocr } from 'tencentcloud-sdk-nodejs-ocr';
import type { CallLog } from '../call-log';
import { SettingError } from '../crypto/settings';
import { type FourFactorInput, type FourFactorOutcome, verifyBankCard } from './bank-card';
import { type IdCardImage, type IdCardReading, readIdCard } from './id-card';

/** Identity checks at Tencent Cloud. Neither method throws for what a provider may answer: failures are results. */
export interface TencentCloud {
  /** Reads one side of a mainland ID card. The picture is not kept there. */
  idCardOcr(image: IdCardImage): Promise<IdCardReading>;
  /** Asks UnionPay whether name, ID number, debit card and reserved phone belong together. */
  bankCardFourFactor(input: FourFactorInput): Promise<FourFactorOutcome>;
}

export interface TencentCloudOptions {
  secretId: string;
  secretKey: string;
  region: string;
  /** One origin for all services; Tencent's own when unset. */
  baseUrl?: string | undefined;
  timeoutMs?: number;
  log: CallLog;
}

/** @throws SettingError */
export function createTencentCloud(options: TencentCloudOptions): TencentCloud {
  const { secretId, secretKey, region, baseUrl, timeoutMs = 5_000, log } = options;
  const config = {
    credential: { secretId, secretKey },
    region,
    profile: { httpProfile: { reqTimeout: timeoutMs / 1000, ...addressOf(baseUrl) } },
  };
  const ocrClient = new ocr.v20181119.Client(config);
  const faceidClient = new CommonClient('faceid.tencentcloudapi.com', '2018-03-01', config);
  return {
    idCardOcr: (image) => readIdCard((request) => ocrClient.IDCardOCR(request), image, log),
    bankCardFourFactor: (input) =>
      verifyBankCard((request) => faceidClient.request('BankCard4EVerification', request), input, log),
  };
}

/** The SDK wants host and protocol apart. */
function addressOf(baseUrl: string | undefined) {
  if (baseUrl === undefined) return {};
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol) || url.pathname !== '/' || url.search) {
    throw new SettingError('tencentCloud.baseUrl', 'must be an origin such as https://proxy.example.com');
  }
  return { endpoint: url.host, protocol: `${url.protocol}//` };
}
