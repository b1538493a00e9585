import { Text, View } from '@tarojs/components';
import { Button, Icon, ProblemNotice, Row, Sheet } from '../../components';
import { copy } from '../../copy';
import type { Problem } from '../../hooks/use-task';
import type { BookingView, OpenSession } from '../../services/types';
import { midnightWords, placeWords, shanghaiTimeRange } from '../../services/words';

const words = copy.sessions.moveSheet;

interface MoveSheetProps {
  booking: BookingView;
  /** Where to; null closes the sheet. */
  to: OpenSession | null;
  busy: boolean;
  problem: Problem | null;
  onYes(): void;
  onClose(): void;
}

/** What moving means for place and money, said before it is done. */
export function MoveSheet({ booking, to, busy, problem, onYes, onClose }: MoveSheetProps) {
  const { session, changeableUntil } = booking;
  return (
    <Sheet title={words.title} isOpen={to !== null} onClose={onClose}>
      {session ? (
        <Row label={words.from} value={`${shanghaiTimeRange(session)} ${placeWords(session)}`} />
      ) : null}
      {to ? <Row label={words.to} value={`${shanghaiTimeRange(to)} ${placeWords(to)}`} /> : null}
      {words.rules(changeableUntil ? midnightWords(changeableUntil) : '').map((rule) => (
        <View key={rule} className="point">
          <Icon name="check" size={18} />
          <Text className="point__words">{rule}</Text>
        </View>
      ))}
      <ProblemNotice problem={problem} />
      <Button id="move-now" busy={busy} onTap={onYes}>
        {words.yes}
      </Button>
      <Button kind="plain" onTap={onClose}>
        {words.no}
      </Button>
    </Sheet>
  );
}
