import { Text, View } from '@tarojs/components';
import { useEffect } from 'react';
import { type ScanReason, verdictWords } from '../../../shared/domain/verdicts';
import { a11y, Button, Icon, type IconName } from '../../components';
import type { Verdict } from '../../services/types';
import { rangeWords, timeWords } from '../../services/words';
import { staffCopy } from '../copy';
import type { Scan } from '../services/verdicts';
import './verdict-screen.scss';

const words = staffCopy.scan;
const ICONS: Record<Verdict['tone'], IconName> = { green: 'check', amber: 'alert', red: 'cross' };
/** One tap of staff lets these in. */
const ADMITTABLE: readonly ScanReason[] = ['early', 'late_same_day', 'wrong_room'];
/** A green verdict makes room for the next student by itself. */
const GREEN_MS = 3_500;

interface VerdictScreenProps {
  scan: Scan;
  verdict: Verdict;
  busy: boolean;
  onJudge(scan: Scan): void;
  onUndo(bookingId: string): void;
  onNext(): void;
}

/** Fills the screen: read at arm's length, in a noisy room, with a queue of fifty. */
export function VerdictScreen({ scan, verdict, busy, onJudge, onUndo, onNext }: VerdictScreenProps) {
  const { tone, title, say, reason, person, session, arrival, admitted } = verdict;
  const isDone = tone === 'green';

  useEffect(() => {
    if (!isDone || busy) return undefined;
    const timer = setTimeout(onNext, GREEN_MS);
    return () => clearTimeout(timer);
  }, [isDone, busy, onNext]);

  return (
    <View id={`verdict-${reason}`} className={`verdict verdict--${tone}`} {...a11y('alert')}>
      <View className="verdict__body" onClick={onNext}>
        <View className="verdict__badge">
          <Icon name={ICONS[tone]} size={56} />
        </View>
        <Text className="verdict__title">{title}</Text>
        {arrival && admitted ? (
          <Text className="verdict__number num">
            {words.shotNumber} {arrival.shotNumber}
          </Text>
        ) : null}
        {person ? (
          <Text className="verdict__person">
            {person.name} · {person.className}
          </Text>
        ) : null}
        {session ? (
          <Text className="verdict__session num">
            {session.room} {rangeWords(session.startsAt, session.endsAt)}
          </Text>
        ) : null}
        <Text className="verdict__say">“{say}”</Text>
        {arrival && !admitted ? (
          <Text className="verdict__session num">{words.arrivedAt(timeWords(arrival.at), arrival.room)}</Text>
        ) : null}
        {isDone ? null : <Text className="verdict__next">{verdictWords(reason).next}</Text>}
      </View>
      <View className="verdict__actions">
        {!admitted && ADMITTABLE.includes(reason) ? (
          <Button id="admit" kind="on-fill" busy={busy} onTap={() => onJudge({ ...scan, admitAnyway: true })}>
            {words.admit}
          </Button>
        ) : null}
        {!admitted && reason === 'see_original' ? (
          <Button id="seen" kind="on-fill" busy={busy} onTap={() => onJudge({ ...scan, originalSeen: true })}>
            {words.originalSeen}
          </Button>
        ) : null}
        {admitted && person?.bookingId ? (
          <Button id="undo" kind="on-fill" busy={busy} onTap={() => onUndo(person.bookingId ?? '')}>
            <Icon name="undo" />
            <Text>{words.undo}</Text>
          </Button>
        ) : null}
        <View id="next-scan" className="verdict__continue" {...a11y('button')} onClick={onNext}>
          <Text>{words.next}</Text>
        </View>
      </View>
    </View>
  );
}
