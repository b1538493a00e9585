import { useEffect, useRef, useState } from 'react';
import { type Problem, problemOf, useTask } from '../../hooks/use-task';
import { ApiError } from '../../services/api';
import { type CashierOutcome, platform, type WechatPayment } from '../../services/platform';
import { startPolling } from '../../services/poller';

const LOOK_EVERY_MS = 3_000;
/** A minute of looking. */
const LOOKS = 20;

interface Paying {
  /** What the cashier wants; null where nothing is to be paid any more. @throws ApiError */
  begin(): Promise<WechatPayment | null>;
  /** The server asks WeChat. @throws ApiError */
  isPaid(): Promise<boolean>;
  words: {
    cancelled: string;
    failed: string;
    /** The cashier said paid, and WeChat knows of nothing. */
    unseen: string;
  };
}

/**
 * Opens WeChat's cashier and then asks the server for the truth, whatever the cashier said: its answer may be lost,
 * and a payment may be made on a second phone. Who has just paid is not offered to pay again while the truth is not
 * known, for want of network or because WeChat is slow: it is asked for until it is, or for a minute.
 */
export function useCashier({ begin, isPaid, words }: Paying) {
  const [message, setMessage] = useState('');
  const [isConfirming, setConfirming] = useState(false);
  const [trouble, setTrouble] = useState<Problem | null>(null);
  const { run, busy, problem } = useTask();
  const latest = useRef({ isPaid, words });
  latest.current = { isPaid, words };

  useEffect(() => {
    if (!isConfirming) return undefined;
    let looks = 0;
    return startPolling({
      ask: () => latest.current.isPaid(),
      pauseMs: (paid) => (paid || looks >= LOOKS ? null : LOOK_EVERY_MS),
      onAnswer(paid) {
        setTrouble(null);
        looks += 1;
        if (paid || looks < LOOKS) return;
        setConfirming(false);
        setMessage(latest.current.words.unseen);
      },
      onProblem: (error) => setTrouble(problemOf(error)),
      usualMs: LOOK_EVERY_MS / 2,
    });
  }, [isConfirming]);

  const pay = () =>
    void run(async () => {
      setMessage('');
      const outcome = await openCashier(begin);
      if (outcome === 'done') return setConfirming(true);
      if (!(await isPaid())) setMessage(words[outcome]);
      return undefined;
    });

  return { pay, busy, message, isConfirming, problem: problem ?? trouble };
}

async function openCashier(begin: Paying['begin']): Promise<CashierOutcome> {
  try {
    const payment = await begin();
    return payment ? await platform.pay(payment) : 'done';
  } catch (error) {
    // Paid already, perhaps a minute ago on a bad network, or by somebody who was quicker: the check that follows tells.
    if (error instanceof ApiError && error.code === 'ALREADY_PAID') return 'done';
    throw error;
  }
}
