import { Text, View } from '@tarojs/components';
import { useEffect } from 'react';
import { a11y, definePage, Icon, type IconName, ProblemNotice, Screen } from '../../components';
import { go } from '../../services/navigation';
import { platform } from '../../services/platform';
import { timeWords } from '../../services/words';
import { VerdictScreen } from '../components/verdict-screen';
import { staffCopy } from '../copy';
import { LinkBar } from '../offline/link-bar';
import { list } from '../offline/list';
import { useLink } from '../offline/use-link';
import { desk } from '../services/desk';
import { RecentScans } from './recent-scans';
import { Rehearsal } from './rehearsal';
import { Scanner } from './scanner';
import { useScans } from './use-scans';
import './index.scss';

const words = staffCopy.scan;
const WAYS: readonly { id: string; icon: IconName; label: string; go(): void }[] = [
  { id: 'to-lookup', icon: 'keyboard', label: words.lookup, go: go.staffLookup },
  { id: 'to-walk-in', icon: 'walkin', label: words.walkIn, go: go.staffWalkIn },
  { id: 'to-queue', icon: 'queue', label: words.queue, go: go.staffQueue },
  { id: 'to-correct', icon: 'idcard', label: words.correct, go: go.staffCorrect },
  { id: 'to-board', icon: 'board', label: words.board, go: go.staffBoard },
];

/** Scan, verdict, next: without a tap between. */
function ScanPage() {
  const { judged, recent, show, busy, problem, judge, seeCode, enterCode, undo, takeHere, dismiss } =
    useScans();
  useEffect(() => {
    platform.keepScreenOn(true);
    return () => platform.keepScreenOn(false);
  }, []);

  return (
    <Screen
      title={`${words.title} · ${desk.room()}`}
      footer={
        <View className="ways">
          {WAYS.map((way) => (
            <View key={way.id} id={way.id} className="ways__way" {...a11y('button')} onClick={way.go}>
              <Icon name={way.icon} size={24} />
              <View className="ways__label">{way.label}</View>
            </View>
          ))}
        </View>
      }
    >
      <LinkBar />
      <Scanner onCode={seeCode} onEntered={enterCode} />
      <ProblemNotice problem={problem} />
      <RecentScans scans={recent} onShow={show} />
      <ListNote />
      {judged ? (
        <VerdictScreen
          {...judged}
          busy={busy}
          problem={problem}
          onJudge={judge}
          onUndo={undo}
          onTakeHere={takeHere}
          onNext={dismiss}
        />
      ) : (
        <Rehearsal />
      )}
    </Screen>
  );
}

/** Whether this phone could go on without network. */
function ListNote() {
  useLink();
  const about = list.about();
  return (
    <Text id="list-note" className="list-note num">
      {about ? words.listOf(about.bookings, timeWords(about.takenAt)) : words.noList}
    </Text>
  );
}

export default definePage(ScanPage);
