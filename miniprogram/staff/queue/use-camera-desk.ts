import { useState } from 'react';
import { useLive } from '../../hooks/use-live';
import { useTask } from '../../hooks/use-task';
import { type Answer, call } from '../../services/api';
import { freshId } from '../../services/ids';
import { desk } from '../services/desk';

type Queue = Answer<'GET /api/onsite/queue'>;
export type Waiting = Queue['waiting'][number];
export type Shot = Queue['lastShot'][number];
/** Whom a number belongs to, waiting or photographed. */
export type Numbered = Pick<Waiting, 'bookingId' | 'shotNumber' | 'name'>;

const EVERY_MS = 3_000;

/** What the camera desk sees and does. Every button names its number: two desks may press. */
export function useCameraDesk() {
  const room = desk.room();
  const { data, problem, refresh } = useLive('GET /api/onsite/queue', { query: { room } }, EVERY_MS);
  const task = useTask();
  const [renumbered, setRenumbered] = useState<Numbered | null>(null);

  const doing = (work: () => Promise<unknown>) =>
    void task.run(async () => {
      setRenumbered(null);
      await work();
      refresh();
    });

  return {
    room,
    data,
    problem: task.problem ?? problem,
    busy: task.busy,
    /** The last one who got a new number, to be told. */
    renumbered,
    markShot: ({ bookingId: id }: Numbered) =>
      doing(() => call('POST /api/onsite/bookings/:id/shot', { params: { id }, body: { nonce: freshId() } })),
    skip: ({ bookingId: id, shotNumber }: Numbered) =>
      doing(() =>
        call('POST /api/onsite/bookings/:id/skip', {
          params: { id },
          body: { nonce: freshId(), shotNumber },
        }),
      ),
    undoShot: (id: string) =>
      doing(() =>
        call('POST /api/onsite/bookings/:id/undo', {
          params: { id },
          body: { nonce: freshId(), step: 'shot' },
        }),
      ),
    reshoot: (id: string, reason: string) =>
      doing(() =>
        call('POST /api/onsite/bookings/:id/reshoot', { params: { id }, body: { nonce: freshId(), reason } }),
      ),
    renumber: ({ bookingId, shotNumber, name }: Numbered, reason: string) =>
      doing(async () => {
        const { arrival } = await call('POST /api/onsite/bookings/:id/renumber', {
          params: { id: bookingId },
          body: { nonce: freshId(), room, shotNumber, reason },
        });
        if (arrival) setRenumbered({ bookingId, name, shotNumber: arrival.shotNumber });
      }),
  };
}
