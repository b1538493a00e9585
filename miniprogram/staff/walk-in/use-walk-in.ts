import { useCallback, useState } from 'react';
import { useTask } from '../../hooks/use-task';
import { call } from '../../services/api';
import { freshId } from '../../services/ids';
import type { PersonOnSite } from '../components/person-row';
import { desk } from '../services/desk';
import { announce } from '../services/feedback';
import { judge, type ShownVerdict, shownVerdict } from '../services/verdicts';
import type { Evidence, Payment } from './choose-terms';

/** A walk-in that waits for somebody to pay. */
interface Unpaid {
  bookingId: string;
  person: PersonOnSite;
  evidence: Evidence;
}

/** From the booking at the desk to the shot number, the payment by somebody's phone in between. */
export function useWalkIn() {
  const [verdict, setVerdict] = useState<ShownVerdict | null>(null);
  const [unpaid, setUnpaid] = useState<Unpaid | null>(null);
  const { run, busy, problem, clear: clearProblem } = useTask();

  const tell = useCallback((told: ShownVerdict) => {
    announce(told);
    setUnpaid(null);
    setVerdict(told);
  }, []);

  const book = (person: PersonOnSite, evidence: Evidence, payment: Payment) =>
    void run(async () => {
      const nonce = freshId();
      const body = { nonce, room: desk.room(), studentId: person.studentId, evidence, payment };
      const answer = await call('POST /api/onsite/walk-ins', { body });
      const bookingId = answer.person?.bookingId;
      if (answer.reason === 'unpaid' && bookingId) setUnpaid({ bookingId, person, evidence });
      else tell(shownVerdict(answer, nonce));
    });

  /** Staff have seen the original already, when they booked. */
  const admitPaid = ({ person: { studentId, studentNo } }: Unpaid) =>
    void run(async () =>
      tell(await judge({ by: { kind: 'student', studentId }, studentNo, originalSeen: true })),
    );

  const undo = (takeBack: () => Promise<void>) =>
    void run(async () => {
      await takeBack();
      setVerdict(null);
    });

  const clear = useCallback(() => {
    setVerdict(null);
    setUnpaid(null);
    clearProblem();
  }, [clearProblem]);

  const owe = ({ person, evidence }: Unpaid) => book(person, evidence, 'owed');
  return { verdict, unpaid, busy, problem, book, owe, admitPaid, undo, clear };
}
