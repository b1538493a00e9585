import { Text, View } from '@tarojs/components';
import { useEffect } from 'react';
import { a11y, Button, Icon, type IconName, ProblemNotice } from '../../components';
import type { Problem } from '../../hooks/use-task';
import { rangeWords } from '../../services/words';
import { staffCopy } from '../copy';
import type { Scan, ShownVerdict } from '../services/verdicts';
import { PersonRow } from './person-row';
import './verdict-screen.scss';

const words = staffCopy.scan;
const ICONS: Record<ShownVerdict['tone'], IconName> = { green: 'check', amber: 'alert', red: 'cross' };
/** A green verdict makes room for the next student by itself. */
const GREEN_MS = 3_500;

interface VerdictScreenProps {
  scan: Scan;
  verdict: ShownVerdict;
  busy: boolean;
  /** Why the last tap did nothing. */
  problem: Problem | null;
  onJudge(scan: Scan): void;
  onUndo(takeBack: () => Promise<void>): void;
  /** Looks again afterwards: the verdict then has the new number. */
  onTakeHere?(scan: Scan, takeHere: () => Promise<void>): void;
  onNext(): void;
}

/** Fills the screen: read at arm's length, in a noisy room, with a queue of fifty. */
export function VerdictScreen(props: VerdictScreenProps) {
  const { scan, verdict, busy, problem, onJudge, onUndo, onTakeHere, onNext } = props;
  const { tone, title, say, reason, person, session, arrival, admitted, undo, takeHere } = verdict;
  const isDone = tone === 'green';

  useEffect(() => {
    if (!isDone || busy) return undefined;
    const timer = setTimeout(onNext, GREEN_MS);
    return () => clearTimeout(timer);
  }, [isDone, busy, onNext]);

  return (
    <View
      id={`verdict-${reason}`}
      className={`verdict verdict--${tone}${verdict.isOffline ? ' verdict--offline' : ''}`}
      {...a11y('alert')}
    >
      <View className="verdict__body" onClick={onNext}>
        {verdict.isOffline ? <Text className="verdict__offline">{words.offline}</Text> : null}
        <View className="verdict__badge">
          <Icon name={ICONS[tone]} size={56} />
        </View>
        <Text className="verdict__title">{title}</Text>
        {arrival?.shotNumber ? (
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
        {isDone ? null : <Text className="verdict__next">{verdict.next}</Text>}
      </View>
      {verdict.candidates.length > 0 ? (
        <View className="verdict__candidates">
          {verdict.candidates.map((each) => (
            <PersonRow
              key={each.studentId}
              person={each}
              onPick={() =>
                onJudge({
                  ...scan,
                  by: { kind: 'student', studentId: each.studentId },
                  studentNo: each.studentNo,
                })
              }
            />
          ))}
        </View>
      ) : null}
      <View className="verdict__actions">
        <ProblemNotice problem={problem} />
        {verdict.canAdmit ? (
          <Button id="admit" kind="on-fill" busy={busy} onTap={() => onJudge({ ...scan, admitAnyway: true })}>
            {words.admit}
          </Button>
        ) : null}
        {verdict.needsOriginal ? (
          <Button id="seen" kind="on-fill" busy={busy} onTap={() => onJudge({ ...scan, originalSeen: true })}>
            {words.originalSeen}
          </Button>
        ) : null}
        {takeHere && onTakeHere ? (
          <Button id="take-here" kind="on-fill" busy={busy} onTap={() => onTakeHere(scan, takeHere)}>
            {words.takeHere}
          </Button>
        ) : null}
        {undo ? (
          <Button id="undo" kind="on-fill" busy={busy} onTap={() => onUndo(undo)}>
            <Icon name="undo" />
            <Text>{admitted ? words.undo : words.undoBefore}</Text>
          </Button>
        ) : null}
        <View id="next-scan" className="verdict__continue" {...a11y('button')} onClick={onNext}>
          <Text>{words.next}</Text>
        </View>
      </View>
    </View>
  );
}
