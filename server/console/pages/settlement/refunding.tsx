import { useEffect } from 'react';
import { useRead } from '../../api/hooks';
import { useCampaign } from '../../layout/use-campaign';
import { Loaded } from '../../parts/loaded';
import { useMay } from '../../session/use-session';
import { BatchCard } from './batch-card';
import { CloseCollection } from './close-collection';
import { PhonesToWaitFor } from './phones-to-wait-for';
import { RefundPromises } from './refund-promises';
import { Uncollected } from './uncollected';

const LIVE_MS = 1_000;
const CALM_MS = 15_000;

/** End the collection, list who paid and was not photographed, refund them with two people, keep the promise. */
export function Refunding() {
  const campaign = useCampaign();
  const may = useMay();
  const of = { params: { id: campaign.id } };
  const batches = useRead('GET /api/console/campaigns/:id/refund-batches', of, {
    every: (last) => (last?.batches.some(({ state }) => state === 'approved') ? LIVE_MS : CALM_MS),
  });
  const uncollected = useRead('GET /api/console/campaigns/:id/uncollected', of, { every: CALM_MS });
  const isOver = campaign.collectionClosedAt !== null;
  const isBusy = batches.data?.batches.some(({ state }) => state !== 'done' && state !== 'rejected') ?? true;
  const { refetch } = uncollected;
  // Whom a batch has just refunded is on the list no more.
  useEffect(() => {
    if (!isBusy) void refetch();
  }, [isBusy, refetch]);
  return (
    <div className="stack">
      <CloseCollection campaign={campaign} />
      <Loaded query={batches}>
        {({ batches: all }) => (
          <>
            {!isBusy && (
              <Loaded query={uncollected}>
                {(due) => (
                  <>
                    {isOver && <PhonesToWaitFor phones={due.phones} />}
                    <Uncollected
                      due={due}
                      canSubmit={isOver && may('POST /api/console/campaigns/:id/refund-batches')}
                      isOver={isOver}
                    />
                  </>
                )}
              </Loaded>
            )}
            {all.map((batch) => (
              <BatchCard key={batch.id} batch={batch} />
            ))}
          </>
        )}
      </Loaded>
      <RefundPromises />
    </div>
  );
}
