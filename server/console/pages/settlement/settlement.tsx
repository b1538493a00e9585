import { useRead } from '../../api/hooks';
import { Page } from '../../layout/page';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { useMay } from '../../session/use-session';
import { BatchCard } from './batch-card';
import { CloseCollection } from './close-collection';
import { RefundPromises } from './refund-promises';
import { Uncollected } from './uncollected';

const LIVE_MS = 1_000;
const CALM_MS = 15_000;

/** Closing a campaign: end the collection, list who paid and was not photographed, refund them with two people. */
export default function Settlement() {
  const campaign = useCampaign();
  const may = useMay();
  const of = { params: { id: campaign.id } };
  const batches = useRead('GET /api/console/campaigns/:id/refund-batches', of, {
    every: (last) => (last?.batches.some(({ state }) => state === 'approved') ? LIVE_MS : CALM_MS),
  });
  const uncollected = useRead('GET /api/console/campaigns/:id/uncollected', of, { every: CALM_MS });
  const isOver = campaign.collectionClosedAt !== null;
  return (
    <Page title="结算" about="结束采集，把付了款没有拍的统一退回；提交和审批由两个人分别完成">
      <CloseCollection campaign={campaign} />
      <Loaded query={batches}>
        {({ batches: all }) => {
          const isBusy = all.some(({ state }) => state !== 'done' && state !== 'rejected');
          return (
            <>
              {all.map((batch) => (
                <BatchCard key={batch.id} batch={batch} />
              ))}
              {!isBusy && (
                <Loaded query={uncollected}>
                  {(due) => (
                    <Uncollected
                      due={due}
                      canSubmit={isOver && may('POST /api/console/campaigns/:id/refund-batches')}
                      isOver={isOver}
                    />
                  )}
                </Loaded>
              )}
            </>
          );
        }}
      </Loaded>
      <RefundPromises />
    </Page>
  );
}
