import { call } from '../../services/api';
import { useCashier } from '../pay/use-cashier';
import { payForCopy as words } from './copy';

/** Pays for a walk-in, by anybody's phone. */
export function usePayFor(ticket: string, onChange: () => void) {
  const params = { ticket };
  return useCashier({
    begin: async () => (await call('POST /api/me/pay-tickets/:ticket/pay', { params })).payment,
    async isPaid() {
      const { state } = await call('POST /api/me/pay-tickets/:ticket/payment-check', { params });
      onChange();
      return state !== 'to_pay';
    },
    words,
  });
}
