import { copy } from '../../copy';
import { call } from '../../services/api';
import { refreshHome } from '../../services/home';
import { askForMessages } from '../../services/messages';
import type { BookingView } from '../../services/types';
import { useCashier } from './use-cashier';

/** Pays for the own booking; once it is paid, the home page knows and WeChat may be asked for messages. */
export function usePayment({ id }: BookingView) {
  const params = { id };
  return useCashier({
    begin: async () => (await call('POST /api/me/bookings/:id/pay', { params })).payment,
    async isPaid() {
      const { payment, place } = await call('POST /api/me/bookings/:id/payment-check', { params });
      if (payment === 'unpaid' || payment === 'owed') return false;
      await refreshHome();
      if (place === 'booked') await askForMessages(['booked', 'day_before', 'moved']);
      return true;
    },
    words: copy.pay,
  });
}
