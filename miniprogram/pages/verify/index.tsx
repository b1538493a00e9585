import { useState } from 'react';
import { Button, definePage, ProblemNotice, Screen, Skeleton } from '../../components';
import { copy } from '../../copy';
import { useHome } from '../../hooks/use-home';
import { useLive } from '../../hooks/use-live';
import type { IdentityView } from '../../services/types';
import { Done } from './done';
import { Journey } from './journey';
import { OtherWays } from './other-ways';
import './index.scss';

/** 第一次登录: from consent to a verified name, with another way out at every step. */
function Verify() {
  const { home: known, isFresh, problem } = useHome();
  const [changed, setChanged] = useState<IdentityView | null>(null);
  const [showsWays, setShowsWays] = useState(false);
  // What was kept from an earlier visit may not know of a consent: it would be asked for twice.
  const home = isFresh || problem ? known : null;
  const campaign = home?.campaign ?? null;
  // Before the first step the home answer knows nothing of a person.
  const isNew = campaign !== null && home?.identity === null;
  const fresh = useLive(
    'GET /api/me/identity',
    isNew ? { query: { campaignId: campaign.id } } : null,
    60_000,
  );
  const identity = changed ?? home?.identity ?? fresh.data ?? null;
  const isDone = identity?.status === 'verified';

  return (
    <Screen
      title={copy.verify.title}
      footer={
        isDone || !campaign ? undefined : (
          <Button id="other-ways" kind="plain" small onTap={() => setShowsWays(true)}>
            {copy.verify.otherWays}
          </Button>
        )
      }
    >
      <ProblemNotice problem={home ? fresh.problem : problem} />
      {!identity && !problem ? <Skeleton shape={[60, 140, 140]} /> : null}
      {isDone ? <Done /> : null}
      {campaign && identity && !isDone ? (
        <Journey
          campaignId={campaign.id}
          identity={identity}
          onChange={setChanged}
          onOtherWays={() => setShowsWays(true)}
        />
      ) : null}
      {campaign && identity ? (
        <OtherWays
          campaignId={campaign.id}
          identity={identity}
          isOpen={showsWays}
          onClose={() => setShowsWays(false)}
        />
      ) : null}
    </Screen>
  );
}

export default definePage(Verify);
