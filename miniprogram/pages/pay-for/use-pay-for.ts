import { useState } from 'react';
import { useTask } from '../../hooks/use-task';
import { ApiError, call } from '../../services/api';
import { platform } from '../../services/platform';
import { payForCopy as words } from './copy';

/** Opens the cashier for a walk-in and then asks the server for the truth, whatever the cashier said. */
export function usePayFor(ticket: string, onChange: () => void) {
  const [message, setMessage] = useState('');
  const { run, busy, problem } = useTask();

  const pay = () =>
    void run(async () => {
      setMessage('');
      const outcome = await openCashier(ticket);
      const { state } = await call('POST /api/me/pay-tickets/:ticket/payment-check', { params: { ticket } });
      onChange();
      if (state !== 'to_pay') return;
      if (outcome === 'cancelled') setMessage(words.cancelled);
      if (outcome === 'failed') setMessage(words.failed);
    });

  return { pay, busy, problem, message };
}

async function openCashier(ticket: string) {
  try {
    const { payment } = await call('POST /api/me/pay-tickets/:ticket/pay', { params: { ticket } });
    return payment ? await platform.pay(payment) : 'done';
  } catch (error) {
    // Somebody else was quicker: the check that follows tells.
    if (error instanceof ApiError && error.code === 'ALREADY_PAID') return 'done';
    throw error;
  }
}
