import { useState } from 'react';
import { copy } from '../../copy';
import { useTask } from '../../hooks/use-task';
import { ApiError, call } from '../../services/api';
import { refreshHome } from '../../services/home';
import { askForMessages } from '../../services/messages';
import { platform } from '../../services/platform';
import type { BookingView } from '../../services/types';

/**
 * Opens WeChat's cashier and then asks the server for the truth, whatever the cashier said: its answer may be lost,
 * and a payment may be made on a second phone.
 */
export function usePayment(booking: BookingView) {
  const [message, setMessage] = useState('');
  const { run, busy, problem } = useTask();

  const pay = () =>
    void run(async () => {
      setMessage('');
      const params = { id: booking.id };
      const outcome = await openCashier(params);
      const after = await call('POST /api/me/bookings/:id/payment-check', { params });
      await refreshHome();
      if (after.payment !== 'unpaid' && after.payment !== 'owed') {
        if (after.place === 'booked') await askForMessages(['booked', 'day_before', 'moved']);
        return;
      }
      if (outcome === 'cancelled') setMessage(copy.pay.cancelled);
      if (outcome === 'failed') setMessage(copy.pay.failed);
    });

  return { pay, busy, problem, message };
}

async function openCashier(params: { id: string }) {
  try {
    const { payment } = await call('POST /api/me/bookings/:id/pay', { params });
    return payment ? await platform.pay(payment) : 'done';
  } catch (error) {
    // Paid already, perhaps a minute ago on a bad network: the check that follows tells.
    if (error instanceof ApiError && error.code === 'ALREADY_PAID') return 'done';
    throw error;
  }
}
