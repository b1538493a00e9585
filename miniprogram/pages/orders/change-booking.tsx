import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { formatYuan } from '../../../shared/domain/money';
import { Button, Card, ProblemNotice, Sheet } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import { go } from '../../services/navigation';
import type { BookingView } from '../../services/types';
import { momentWords, placeWords, shanghaiTimeRange } from '../../services/words';

const words = copy.orders.change;

/** Another session or none, with what happens to the money said before it happens. */
export function ChangeBooking({ booking, now }: { booking: BookingView; now: string }) {
  const [isOpen, setOpen] = useState(false);
  const task = useTask();
  const { session, changeableUntil } = booking;
  if (!session || booking.attendance !== 'expected' || !['held', 'booked'].includes(booking.place))
    return null;
  const mayChange = changeableUntil !== null && Date.parse(now) < Date.parse(changeableUntil);

  const cancel = () =>
    void task.run(async () => {
      await call('POST /api/me/bookings/:id/cancel', { params: { id: booking.id }, body: {} });
      await refreshHome();
      setOpen(false);
    });

  return (
    <Card className="orders__booking">
      <Text className="orders__session num">{shanghaiTimeRange(session)}</Text>
      <Text className="orders__place">{placeWords(session)}</Text>
      {mayChange ? (
        <>
          <Text className="orders__note num">{words.until(midnightWords(changeableUntil))}</Text>
          <View className="pair orders__actions">
            {booking.place === 'booked' ? (
              <Button id="reschedule" kind="secondary" onTap={go.sessions}>
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

/** Midnight is said as 24:00 of the day before. */
function midnightWords(instant: string): string {
  const said = momentWords(new Date(Date.parse(instant) - 60_000).toISOString());
  return said.endsWith(' 23:59') ? said.replace('23:59', '24:00') : momentWords(instant);
}
