import { useState } from 'react';
import { definePage, EmptyState, ProblemNotice, Screen, Skeleton } from '../../components';
import { copy } from '../../copy';
import { useHome } from '../../hooks/use-home';
import { useTopOf } from '../../hooks/use-top-of';
import type { EnrolmentView } from '../../services/types';
import { CheckEnrolment } from './check-enrolment';
import { Correction } from './correction';
import { FindEnrolment } from './find-enrolment';
import './index.scss';

/** Find myself on the roster, then confirm what it says of me or say what is wrong. */
function Enrolment() {
  const { home, problem } = useHome();
  const [found, setFound] = useState<EnrolmentView | null>(null);
  const [isCorrecting, setCorrecting] = useState(false);
  const enrolment = newest(found, home?.enrolment ?? null);
  const campaignId = home?.campaign?.id;
  useTopOf(isCorrecting ? 'correct' : 'check');

  return (
    <Screen title={copy.enrolment.title}>
      {home ? null : problem ? <ProblemNotice problem={problem} /> : <Skeleton shape={[60, 320, 90]} />}
      {home && !campaignId ? <EmptyState icon="calendar" title={copy.home.cards.no_campaign.title} /> : null}
      {campaignId && !enrolment ? <FindEnrolment campaignId={campaignId} onFound={setFound} /> : null}
      {enrolment && isCorrecting ? (
        <Correction enrolment={enrolment} onSent={setFound} onClose={() => setCorrecting(false)} />
      ) : null}
      {enrolment && !isCorrecting ? (
        <CheckEnrolment enrolment={enrolment} onChange={setFound} onWrong={() => setCorrecting(true)} />
      ) : null}
    </Screen>
  );
}

function newest(one: EnrolmentView | null, other: EnrolmentView | null): EnrolmentView | null {
  if (!one || !other) return one ?? other;
  return other.version > one.version ? other : one;
}

export default definePage(Enrolment);
