import { openPaymentWorld, type PaymentWorld } from './payment-world';

/**
 * One world for all tests of a file, with one session of 50 places. Faults end with the test that planted them.
 *
 * @param take is given both before the first test
 */
export function onePaymentWorld(take: (w: PaymentWorld, sessionId: string) => void): void {
  let opened: PaymentWorld | undefined;
  beforeAll(async () => {
    opened = await openPaymentWorld();
    take(opened, await opened.session());
  });
  afterAll(() => opened?.close());
  afterEach(() => opened?.control('DELETE', '/faults'));
}
