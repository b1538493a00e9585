import type { MoneyPlaceView, MoneyProofView, ProvedDay } from '../../../shared/contract/money-proof';
import { sumFen } from '../../../shared/domain/money';
import type { Proof } from '../../checker/prove';
import { RULES } from '../../checker/rules';
import { campaignsOfSchool } from '../campaigns/announced';
import { merchantsOf } from '../campaigns/merchants';
import type { MoneyProof } from './model';

/** The last proof with names for what it has by ids. */
export async function presentProof(schoolId: string, record: MoneyProof | null): Promise<MoneyProofView> {
  const { latest = null, wantedAt, trouble = null } = record ?? {};
  return {
    isRunning: wantedAt !== undefined && (latest === null || latest.begunAt < wantedAt),
    trouble,
    proof: latest && {
      begunAt: latest.begunAt.toISOString(),
      endedAt: latest.endedAt.toISOString(),
      by: latest.by?.name ?? null,
      receivedFen: sumFen(latest.places.map(({ fen }) => fen)),
      places: await withNames(schoolId, latest.places),
      days: await withMerchants(schoolId, latest.days),
      inTransitFen: latest.inTransitFen,
      unexplainedFen: latest.unexplainedFen,
      problems: latest.problems.map(({ rule, subject, fen }) => ({
        title: RULES[rule].title,
        subject,
        orderNo: /^order (\S+)$/.exec(subject)?.[1] ?? null,
        fen,
      })),
    },
  };
}

async function withNames(schoolId: string, places: Proof['places']): Promise<MoneyPlaceView[]> {
  const campaigns = new Map((await campaignsOfSchool(schoolId)).map((campaign) => [campaign._id, campaign]));
  return places.map((place) => {
    const campaign = campaigns.get(place.campaignId);
    const item = campaign?.feeItems.find(({ code }) => code === place.code);
    return { ...place, campaign: campaign?.name ?? '', item: item?.name ?? place.code };
  });
}

async function withMerchants(schoolId: string, days: Proof['days']): Promise<ProvedDay[]> {
  const merchants = new Map((await merchantsOf(schoolId)).map((merchant) => [merchant.mchid, merchant]));
  return days.map(({ mchid, ...day }) => {
    const merchant = merchants.get(mchid);
    return { ...day, merchantId: merchant?._id ?? '', merchant: merchant?.name ?? mchid };
  });
}
