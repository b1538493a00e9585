import { createContext, useContext } from 'react';
import type { Basis } from '../../../../shared/contract/reports';

/** What the whole page is about: an account, its days, and how they are counted. */
export interface Asked {
  merchantId: string;
  /** Days in Shanghai, both included. */
  from: string;
  to: string;
  by: Basis;
  /** Empty for all campaigns of the account. */
  campaignId: string;
}

export const AskedContext = createContext<Asked | null>(null);

export function useAsked(): Asked {
  const asked = useContext(AskedContext);
  if (!asked) throw new Error('no days are chosen');
  return asked;
}

/** As the service wants it. */
export function useReportRequest() {
  const { merchantId, from, to, by, campaignId } = useAsked();
  return {
    params: { merchantId },
    query: { from, to, by, ...(campaignId === '' ? {} : { campaignId }) },
  };
}

/** A report that knows neither campaigns nor shots: bills are of the whole account. */
export function useBillRequest() {
  const { merchantId, from, to } = useAsked();
  return { params: { merchantId }, query: { from, to } };
}
