import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { formatYuan } from '../../../shared/domain/money';
import { Button, Card, ProblemNotice, Sheet } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import { askForMessages } from '../../services/messages';
import { go } from '../../services/navigation';
import type { BookingView } from '../../services/types';
import { midnightWords, placeWords, shanghaiTimeRange } from '../../services/words';

const words = copy.orders.change;

interface ChangeBookingProps {
  booking: BookingView;
  now: string;
  onChanged(): void;
}

/** Another session or none, with what happens to the money said before it happens. */
export function ChangeBooking({ booking, now, onChanged }: ChangeBookingProps) {
  const [isOpen, setOpen] = useState(false);
  const task = useTask();
  const { session, changeableUntil, cancellableUntil } = booking;
  if (!session || booking.attendance !== 'expected' || !['held', 'booked'].includes(booking.place))
    return null;
  const isBefore = (until: string | null): until is string =>
    until !== null && Date.parse(now) < Date.parse(until);
  const mayMove = booking.place === 'booked' && isBefore(changeableUntil);

  const cancel = () =>
    void task.run(async () => {
      // WeChat takes this question only straight from a tap.
      if (booking.payment === 'paid') await askForMessages(['refunded']);
      await call('POST /api/me/bookings/:id/cancel', { params: { id: booking.id }, body: {} });
      setOpen(false);
      onChanged();
      await refreshHome();
    });

  return (
    <Card className="orders__booking">
      <Text className="orders__session num">{shanghaiTimeRange(session)}</Text>
      <Text className="orders__place">{placeWords(session)}</Text>
      {isBefore(cancellableUntil) ? (
        <>
          <Text className="orders__note num">
            {(mayMove ? words.until : words.cancelUntil)(midnightWords(cancellableUntil))}
          </Text>
          <View className="pair orders__actions">
            {mayMove ? (
              <Button id="reschedule" kind="secondary" onTap={session.isMakeUp ? go.makeUp : go.sessions}>
                {words.reschedule}
              </Button>
            ) : null}
            <Button id="cancel" kind="danger" onTap={() => setOpen(true)}>
              {words.cancel}
            </Button>
          </View>
        </>
      ) : (
        <Text className="orders__note">{words.tooLate}</Text>
      )}
      <Sheet title={words.sheet.title} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Text className="sheet__lead num">
          {booking.payment === 'paid' ? words.sheet.text(formatYuan(booking.amountFen)) : words.sheet.unpaid}
        </Text>
        <ProblemNotice problem={task.problem} />
        <Button id="cancel-now" kind="danger" busy={task.busy} onTap={cancel}>
          {words.sheet.yes}
        </Button>
        <Button kind="plain" onTap={() => setOpen(false)}>
          {words.sheet.no}
        </Button>
      </Sheet>
    </Card>
  );
}
