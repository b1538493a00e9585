import { View } from '@tarojs/components';
import { useEffect, useState } from 'react';
import { OFFLINE_RECORDED } from '../../../shared/domain/verdicts';
import { decorative } from '../../components';
import { VerdictScreen } from '../components/verdict-screen';
import type { Scan, ShownVerdict } from '../services/verdicts';

/** The page itself comes first. */
const AFTER_MS = 200;
/** Long enough to be laid out once. */
const LASTS_MS = 50;

let isKnown = false;

/**
 * Shows a verdict once that nobody sees. A phone compiles, styles and measures what it has never shown; the first
 * student without network should not stand and wait for that. Once, and not while a real one is shown.
 */
export function Rehearsal() {
  const [act, setAct] = useState<'before' | 'on' | 'over'>(isKnown ? 'over' : 'before');
  useEffect(() => {
    if (act === 'over') return undefined;
    if (act === 'on') isKnown = true;
    const next = act === 'before' ? 'on' : 'over';
    const timer = setTimeout(() => setAct(next), act === 'before' ? AFTER_MS : LASTS_MS);
    return () => clearTimeout(timer);
  }, [act]);
  if (act !== 'on') return null;
  return (
    <View className="rehearsal" {...decorative}>
      <VerdictScreen
        scan={SCAN}
        verdict={VERDICT}
        busy={false}
        problem={null}
        onJudge={nothing}
        onUndo={nothing}
        onNext={nothing}
      />
    </View>
  );
}

const nothing = () => undefined;
const SCAN: Scan = { by: { kind: 'code', text: '' } };
const NEVER = new Date(0).toISOString();
const VERDICT: ShownVerdict = {
  ...OFFLINE_RECORDED,
  reason: 'rehearsal',
  admitted: true,
  isOffline: true,
  person: { name: '', className: '' },
  session: { room: '', startsAt: NEVER, endsAt: NEVER },
  arrival: null,
  canAdmit: false,
  needsOriginal: false,
  candidates: [],
  bookingId: null,
  undo: async () => undefined,
  takeHere: null,
};
