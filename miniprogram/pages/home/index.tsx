import { Text, View } from '@tarojs/components';
import { stopPullDownRefresh, usePullDownRefresh, useRouter } from '@tarojs/taro';
import { useState } from 'react';
import {
  Button,
  definePage,
  EmptyState,
  Later,
  Notice,
  ProblemNotice,
  Screen,
  Skeleton,
} from '../../components';
import { copy } from '../../copy';
import { useHome } from '../../hooks/use-home';
import { openCampaignOfCode } from '../../services/home';
import { go } from '../../services/navigation';
import type { HomeView } from '../../services/types';
import { Announcements } from './announcements';
import { ContactSection } from './contact-section';
import { DressSection } from './dress-section';
import { MoreSection } from './more-section';
import { MovedNotice } from './moved-notice';
import { ScheduleSection } from './schedule-section';
import { StateCard } from './state-card';
import './index.scss';

/** Answers one question: what do I do now? */
function Home() {
  const { scene } = useRouter().params;
  useState(() => scene && openCampaignOfCode(scene));
  const { home, isFresh, isOffline, problem, refresh } = useHome();
  usePullDownRefresh(() => {
    refresh();
    stopPullDownRefresh();
  });

  // A ticket comes before everything else, or its code slips below the edge of a small screen.
  const isTicket = home?.card.kind === 'booked';
  const trouble = isOffline ? <Offline /> : <ProblemNotice problem={problem} />;

  return (
    <Screen title={copy.app.name} isHome className="home">
      {home ? (
        <>
          {isTicket ? null : <Masthead home={home} />}
          {isTicket ? null : trouble}
          {home.booking ? <MovedNotice booking={home.booking} /> : null}
          <Announcements of={home.announcements} />
          <StateCard home={home} isFresh={isFresh} isOffline={isOffline} />
          {isTicket ? trouble : null}
          <Later>
            {home.campaign ? <ScheduleSection campaign={home.campaign} home={home} /> : null}
            <DressSection />
            {home.campaign ? <ContactSection campaign={home.campaign} /> : null}
            <MoreSection />
          </Later>
        </>
      ) : problem ? (
        <EmptyState icon={problem.isNetwork ? 'wifi-off' : 'alert'} title={copy.home.unreachable}>
          <Text className="home__problem">{problem.message}</Text>
          <Button onTap={refresh}>{copy.actions.tryAgain}</Button>
          <Button kind="plain" onTap={go.timetable}>
            {copy.home.more.timetable}
          </Button>
        </EmptyState>
      ) : (
        <Skeleton shape={[44, 300, 160, 220]} />
      )}
    </Screen>
  );
}

function Offline() {
  return (
    <Notice tone="warn" icon="wifi-off">
      <Text>{copy.home.stale}</Text>
    </Notice>
  );
}

function Masthead({ home }: { home: HomeView }) {
  return (
    <View className="masthead">
      <Text className="masthead__school">{home.campaign?.schoolName ?? copy.app.name}</Text>
      <Text className="masthead__campaign">{home.campaign?.name ?? copy.home.brandLine}</Text>
    </View>
  );
}

export default definePage(Home);
