import { Text } from '@tarojs/components';
import { useState } from 'react';
import type { MyData as MyDataView } from '../../../shared/contract/privacy';
import { definePage, ProblemNotice, Row, Screen, Section, Skeleton } from '../../components';
import { copy } from '../../copy';
import { useLive } from '../../hooks/use-live';
import { momentWords } from '../../services/words';
import { Erase } from './erase';
import './index.scss';

const words = copy.privacy;
const EVERY_MS = 60_000;

/** Everything that is kept about me, and the way to have it erased. */
function MyData() {
  const live = useLive('GET /api/me/data', {}, EVERY_MS);
  const [erased, setErased] = useState<MyDataView | null>(null);
  const data = erased ?? live.data;
  return (
    <Screen title={words.title}>
      <Text className="my-data__lead">{words.lead}</Text>
      <ProblemNotice problem={live.problem} />
      {!data && !live.problem ? <Skeleton shape={[28, 180, 28, 60, 28, 130]} /> : null}
      {data ? <Kept data={data} /> : null}
      {data ? (
        <Erase blocked={data.erasureBlockedBy !== null} isDone={erased !== null} onErased={setErased} />
      ) : null}
    </Screen>
  );
}

function Kept({ data }: { data: MyDataView }) {
  const { identity, photos, consents, enrolments } = data;
  return (
    <>
      <Section title={words.identity.title}>
        <Row label={words.identity.status} value={words.identity.statuses[identity.status]} />
        <Row label={words.identity.name} value={identity.name ?? '—'} />
        <Row
          label={words.identity.document}
          value={<Text className="num">{identity.documentMasked ?? '—'}</Text>}
        />
        <Row label={words.identity.bankCard} value={words.identity.notKept} />
      </Section>
      <Section title={words.photos.title}>
        {photos.length === 0 ? <Row label={words.photos.none} /> : null}
        {photos.map(({ kind, keptUntil }) => (
          <Row
            key={kind + keptUntil}
            label={words.photos.kinds[kind]}
            note={words.photos.until(momentWords(keptUntil))}
          />
        ))}
      </Section>
      <Section title={words.consents.title}>
        {consents.length === 0 ? <Row label={words.consents.none} /> : null}
        {consents.map(({ kind, version, at }) => (
          <Row
            key={kind + version}
            label={words.consents.kinds[kind]}
            note={words.consents.given(momentWords(at), version)}
          />
        ))}
      </Section>
      <Section title={words.enrolment.title}>
        {enrolments.map((enrolment) => (
          <Row
            key={enrolment.id}
            label={enrolment.studentNo}
            note={words.enrolment.note}
            value={enrolment.major}
          />
        ))}
        <Row
          label={words.enrolment.code}
          value={
            enrolments.some(({ collectionCodeAt }) => collectionCodeAt !== null)
              ? words.enrolment.codeKept
              : words.enrolment.codeNone
          }
        />
        <Row label={words.enrolment.bookings} value={words.enrolment.count(data.bookings)} />
      </Section>
    </>
  );
}

export default definePage(MyData);
