import { Text, View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { Card, definePage, EmptyState, Field, ProblemNotice, Screen, Skeleton } from '../../components';
import { copy } from '../../copy';
import { useLive } from '../../hooks/use-live';
import { homeState } from '../../services/home';
import { dayWords, placeWords, rangeWords, timeWords } from '../../services/words';
import './index.scss';

const TYPING_PAUSE_MS = 300;
const EVERY_MS = 60_000;

/** Anybody's first question, before any login: when and where is my major? */
function Timetable() {
  const [typed, setTyped] = useState('');
  const query = useSettled(typed.trim(), TYPING_PAUSE_MS);
  const known = homeState().home?.campaign?.id;
  const list = useLive('GET /api/campaigns', known ? null : {}, EVERY_MS);
  const campaignId = known ?? list.data?.campaigns[0]?.id;
  const { data, problem } = useLive(
    'GET /api/campaigns/:id/timetable',
    campaignId ? { params: { id: campaignId }, query: { q: query } } : null,
    EVERY_MS,
  );
  const isEmpty = list.data?.campaigns.length === 0;

  return (
    <Screen title={copy.timetable.title}>
      <Field
        name="major"
        label={copy.timetable.lead}
        value={typed}
        onInput={setTyped}
        placeholder={copy.timetable.placeholder}
        maxLength={40}
      />
      <ProblemNotice problem={problem ?? list.problem} />
      {isEmpty ? <EmptyState icon="calendar" title={copy.home.cards.no_campaign.title} /> : null}
      {!data && !problem && !list.problem && !isEmpty ? <Skeleton shape={[20, 76, 76, 76]} /> : null}
      {data && data.total > 0 ? (
        <Text className="timetable__found">{copy.timetable.found(data.total)}</Text>
      ) : null}
      {data && data.total === 0 ? (
        <EmptyState icon="search" title={copy.timetable.none(query)}>
          <Text>{copy.timetable.noneText}</Text>
        </EmptyState>
      ) : null}
      {data?.hits.map((hit) => (
        <Card key={`${hit.room}${hit.startsAt}${hit.title}`} className="hit">
          <Text className="hit__title">{hit.title}</Text>
          <View className="hit__facts">
            <Text className="hit__time num">{rangeWords(hit.startsAt, hit.endsAt)}</Text>
            <Text className="hit__room">{placeWords(hit)}</Text>
          </View>
          <Text className="hit__note num">
            {dayWords(hit.day)} · {copy.timetable.lineUp(timeWords(hit.lineUpAt))}
          </Text>
        </Card>
      ))}
    </Screen>
  );
}

/** The value once it has not changed for a while. */
function useSettled(value: string, pauseMs: number): string {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), pauseMs);
    return () => clearTimeout(timer);
  }, [value, pauseMs]);
  return settled;
}

export default definePage(Timetable);
