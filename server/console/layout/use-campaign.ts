import { createContext, useContext } from 'react';
import type { CampaignAdminView } from '../../../shared/contract/campaigns';

export const CampaignContext = createContext<CampaignAdminView | null>(null);

/** The campaign that the page is about. Only below the shell. */
export function useCampaign(): CampaignAdminView {
  const campaign = useContext(CampaignContext);
  if (!campaign) throw new Error('no campaign is chosen');
  return campaign;
}

export const pathOf = (campaignId: string, page: string): string => `/${campaignId}/${page}`;
