import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import {
  Button,
  definePage,
  EmptyState,
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
import type { OpenSession } from '../../services/types';
import { shanghaiTimeRange } from '../../services/words';
import { CannotCome } from './cannot-come';
import { MoveSheet } from './move-sheet';
import { SessionOption } from './session-option';
import { takePlace } from './take-place';
import './index.scss';

const EVERY_MS = 4_000;
/** What the list no longer shows truly. */
const STALE: ReadonlySet<string> = new Set(['SOLD_OUT', 'TIMETABLE_REPLACED']);

/** Sessions with live places: the own ones first. */
function Sessions() {
  const { home } = useHome();
  const campaign = home?.campaign ?? null;
  const live = useLive('GET /api/me/sessions', campaign && { query: { campaignId: campaign.id } }, EVERY_MS);
  const [picked, pick] = useState<string | null>(null);
  const [isMoving, setMoving] = useState(false);
  const [showsOthers, setShowsOthers] = useState(false);
  const hold = useTask();

  const sessions = live.data?.sessions;
  const own = sessions?.filter((session) => session.own) ?? [];
  const others = sessions?.filter((session) => !session.own) ?? [];
  const free = sessions?.filter(({ closedBecause }) => closedBecause === null) ?? [];
  // Most students have exactly one session to choose: it is chosen for them, and taken by their own tap.
  const chosen = free.find(({ id }) => id === picked) ?? (free.length === 1 ? free[0] : undefined);
  const hasOpenOthers = others.some(({ closedBecause }) => closedBecause === null);
  const current = home?.booking?.place === 'booked' ? home.booking : null;

  const take = (session: OpenSession) =>
    hold.run(async () => {
      try {
        await takePlace({ sessionId: session.id, from: current?.id ?? null });
      } catch (error) {
        if (error instanceof ApiError && STALE.has(error.code)) live.refresh();
        throw error;
      }
    });

  const list = (some: readonly OpenSession[]) =>
    some.map((session) => (
      <SessionOption
        key={session.id}
        session={session}
        isChosen={session.id === chosen?.id}
        onChoose={() => pick(session.id)}
      />
    ));

  return (
    <Screen
      title={copy.sessions.title}
      footer={
        chosen ? (
          <>
            <Text className="sessions__summary num">
              {copy.sessions.chosen(shanghaiTimeRange(chosen), chosen.room)}
            </Text>
            <Button
              id="take-session"
              busy={hold.busy && !isMoving}
              onTap={() => (current ? setMoving(true) : void take(chosen))}
            >
              {current ? copy.sessions.move : copy.sessions.choose}
            </Button>
          </>
        ) : undefined
      }
    >
      <ProblemNotice problem={hold.problem ?? live.problem} />
      {sessions === undefined && !live.problem ? <Skeleton shape={[28, 96, 28, 96, 96]} /> : null}
      {own.length > 0 ? <Section title={copy.sessions.own}>{list(own)}</Section> : null}
      {sessions?.length === 0 || (sessions && own.length === 0) ? (
        <EmptyState icon="calendar" title={copy.sessions.none}>
          <Text>{copy.sessions.noneText}</Text>
        </EmptyState>
      ) : null}
      {others.length > 0 && (hasOpenOthers || showsOthers) ? (
        <Section title={copy.sessions.others}>{list(others)}</Section>
      ) : null}
      {others.length > 0 && !hasOpenOthers && !showsOthers ? (
        <Button id="show-others" kind="plain" onTap={() => setShowsOthers(true)}>
          {copy.sessions.showOthers(others.length)}
        </Button>
      ) : null}
      {campaign && !current && free.length > 0 ? (
        <Notice>
          <Text>{copy.sessions.hold(campaign.rules.holdMinutes)}</Text>
        </Notice>
      ) : null}
      <CannotCome makeUp={campaign?.makeUp ?? null} enrolment={home?.enrolment ?? null} />
      {current ? (
        <MoveSheet
          booking={current}
          to={isMoving && chosen ? chosen : null}
          busy={hold.busy}
          problem={hold.problem}
          onYes={() => chosen && void take(chosen)}
          onClose={() => setMoving(false)}
        />
      ) : null}
      <View className="sessions__end" />
    </Screen>
  );
}

export default definePage(Sessions);
