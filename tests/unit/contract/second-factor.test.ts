import { contract } from '../../../shared/contract';
import type { Endpoint } from '../../../shared/contract/endpoint';

const endpoints = Object.entries<Endpoint>(contract);

/** The doors through which money is moved, written off or signed off. A new one must be thought about here. */
const APPROVE_DOORS = [
  'POST /api/console/bookings/:id/waiver/decide',
  'POST /api/console/differences/:id/decide',
  'POST /api/console/merchants/:merchantId/days/:day/sign-off/decide',
  'POST /api/console/orders/:orderNo/proposals/:proposalId/decide',
  'POST /api/console/refund-batches/:id/decide',
];

describe('the second factor', () => {
  it('is asked for at every door that needs two people, and at no other decision', () => {
    const needsTwo = endpoints.filter(([, { errors }]) => errors?.includes('TWO_PEOPLE_NEEDED'));
    expect(needsTwo.map(([key]) => key).sort()).toEqual(APPROVE_DOORS);
    const asks = endpoints.filter(([, { secondFactor }]) => secondFactor === 'to-approve');
    expect(asks.map(([key]) => key).sort()).toEqual(APPROVE_DOORS);
  });

  it('is asked for in any case where money is sent elsewhere than it came from, or somebody takes a second factor away', () => {
    const always = endpoints.filter(([, { secondFactor }]) => secondFactor === 'always');
    expect(always.map(([key]) => key).sort()).toEqual([
      'POST /api/console/orders/:orderNo/refunds/:refundNo/redirect',
      'POST /api/console/users/:id/reset-authenticator',
    ]);
  });

  it('is asked of people only who can enrol one', () => {
    const enrol: Endpoint = contract['POST /api/console/me/authenticator'];
    for (const [key, { secondFactor, who }] of endpoints) {
      if (!secondFactor) continue;
      for (const role of who)
        expect({ key, role, canEnrol: enrol.who.includes(role) }).toMatchObject({ canEnrol: true });
    }
  });
});
