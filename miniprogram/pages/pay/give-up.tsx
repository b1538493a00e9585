import { Text } from '@tarojs/components';
import { useState } from 'react';
import { Button, ProblemNotice, Sheet } from '../../components';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import { goHome } from '../../services/navigation';
import type { BookingView } from '../../services/types';

const words = copy.pay.giveUpSheet;

export function GiveUp({ booking }: { booking: BookingView }) {
  const [isOpen, setOpen] = useState(false);
  const release = useTask();
  const giveUp = () =>
    void release.run(async () => {
      await call('POST /api/me/bookings/:id/cancel', { params: { id: booking.id }, body: {} });
      await refreshHome();
      goHome();
    });
  return (
    <>
      <Button kind="plain" onTap={() => setOpen(true)}>
        {copy.pay.giveUp}
      </Button>
      <Sheet title={words.title} isOpen={isOpen} onClose={() => setOpen(false)}>
        <Text className="sheet__lead">{words.text}</Text>
        <ProblemNotice problem={release.problem} />
        <Button id="give-up" kind="danger" busy={release.busy} onTap={giveUp}>
          {words.yes}
        </Button>
        <Button kind="plain" onTap={() => setOpen(false)}>
          {words.no}
        </Button>
      </Sheet>
    </>
  );
}
