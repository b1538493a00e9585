import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import {
  Button,
  definePage,
  EmptyState,
  MakeUp,
  Notice,
  ProblemNotice,
  Screen,
  Section,
  Skeleton,
} from '../../components';
import { copy } from '../../copy';
import { useHome } from '../../hooks/use-home';
import { useLive } from '../../hooks/use-live';
import { useTask } from '../../hooks/use-task';
import { ApiError } from '../../services/api';
import { dayWords, rangeWords, shortDay } from '../../services/words';
import { takePlace } from '../sessions/take-place';
import { Days } from './days';
import { Times } from './times';
import './index.scss';

const EVERY_MS = 6_000;
const words = copy.makeUp;

/** First the day, then the time; what was paid for the missed place pays for this one. */
function MakeUpPlaces() {
  const { home } = useHome();
  const campaign = home?.campaign ?? null;
  const live = useLive('GET /api/me/make-up', campaign && { query: { campaignId: campaign.id } }, EVERY_MS);
  const [day, setDay] = useState<string | null>(null);
  const [picked, pick] = useState<string | null>(null);
  const task = useTask();

  const days = live.data?.days ?? [];
  const shown =
    days.find((each) => each.day === day) ??
    days.find(({ choices }) => choices.some(({ closedBecause }) => closedBecause === null));
  const chosen = shown?.choices.find(({ id, closedBecause }) => id === picked && closedBecause === null);
  const booking = home?.booking?.place === 'booked' ? home.booking : null;
  const isPaid = home?.card.kind === 'make_up' && home.card.isPaid;

  const take = (sessionId: string) =>
    void task.run(async () => {
      try {
        await takePlace({ sessionId, from: booking?.id ?? null, campaignId: campaign?.id });
      } catch (error) {
        if (error instanceof ApiError && error.code === 'SOLD_OUT') live.refresh();
        throw error;
      }
    });

  return (
    <Screen
      title={words.title}
      footer={
        chosen && shown ? (
          <>
            <Text className="make-up-page__chosen num">
              {dayWords(shown.day)} {rangeWords(chosen.startsAt, chosen.endsAt)}
            </Text>
            <Button id="take-make-up" busy={task.busy} onTap={() => take(chosen.id)}>
              {booking?.session?.isMakeUp ? words.move : words.take}
            </Button>
          </>
        ) : undefined
      }
    >
      <ProblemNotice problem={task.problem ?? live.problem} />
      {!live.data && !live.problem ? <Skeleton shape={[64, 28, 56, 56, 56]} /> : null}
      {isPaid && days.length > 0 ? (
        <Notice tone="good" icon="wallet" title={words.paid.title}>
          <Text>{words.paid.text}</Text>
        </Notice>
      ) : null}
      {live.data && !shown ? <Nothing stage={live.data.stage} /> : null}
      {shown ? (
        <>
          <Section title={words.days}>
            <Days days={days} chosen={shown.day} onChoose={setDay} />
          </Section>
          <Section title={words.times}>
            <Times choices={shown.choices} chosen={chosen?.id ?? null} onChoose={pick} />
          </Section>
          <Notice>
            <Text className="num">
              {campaign?.makeUp ? words.until(shortDay(campaign.makeUp.deadline)) : ''}
              {booking || !campaign ? '' : words.unpaid(campaign.rules.holdMinutes)}
            </Text>
          </Notice>
        </>
      ) : null}
      {campaign?.makeUp ? (
        <Section title={words.where}>
          <MakeUp makeUp={campaign.makeUp} />
        </Section>
      ) : null}
      <View className="make-up-page__end" />
    </Screen>
  );
}

function Nothing({ stage }: { stage: 'information' | 'not_yet' | 'open' | 'over' }) {
  const { title, text } = stage === 'open' ? words.none : words.none[stage];
  return (
    <EmptyState icon="calendar" title={title}>
      <Text>{text}</Text>
    </EmptyState>
  );
}

export default definePage(MakeUpPlaces);
