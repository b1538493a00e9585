import { createApiClient } from '../demo/api-client';
import { DEMO_PASSWORD, type Demo, firstApi } from '../demo/seed';
import type { Stack } from '../demo/stack';

const POLL_MS = 100;
const REFUNDS_WITHIN_MS = 5 * 60_000;

/** Closes the collection; one person of finance submits the refunds, the other approves; waits until all arrived. */
export async function closeAndRefund(stack: Stack, demo: Demo): Promise<{ refunds: number }> {
  const id = demo.campaign.id;
  const { version } = await demo.office.call('GET /api/console/campaigns/:id', { params: { id } });
  await demo.office.call('POST /api/console/campaigns/:id/close-collection', {
    params: { id },
    body: { version },
  });
  const maker = await finance(stack, 'finance1');
  const checker = await finance(stack, 'finance2');
  const batch = await maker.call('POST /api/console/campaigns/:id/refund-batches', {
    params: { id },
    body: {},
  });
  await checker.call('POST /api/console/refund-batches/:id/decide', {
    params: { id: batch.id },
    body: { version: batch.version, decision: 'approve' },
  });
  const deadline = Date.now() + REFUNDS_WITHIN_MS;
  for (;;) {
    const now = await maker.call('GET /api/console/refund-batches/:id', { params: { id: batch.id } });
    if (now.state === 'done') return { refunds: now.lines.refunded };
    if (now.state === 'stopped' || Date.now() > deadline)
      throw new Error(`the refund batch is ${now.state}: ${JSON.stringify(now.lines)}`);
    // The batch looks for arrived refunds every half a minute of the demo clock.
    if (now.lines.waiting === 0) await stack.sandbox.advance(31_000);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Fetches the bills of some days. @returns rows and differences over all of them */
export async function matchBills(
  stack: Stack,
  merchantId: string,
  days: readonly string[],
): Promise<{ rows: number; differences: number }> {
  const clerk = await finance(stack, 'finance1');
  const total = { rows: 0, differences: 0 };
  for (const day of days) {
    const { rows, differences } = await clerk.call(
      'POST /api/console/merchants/:merchantId/days/:day/fetch',
      { params: { merchantId, day } },
    );
    total.rows += rows;
    total.differences += differences;
  }
  return total;
}

async function finance(stack: Stack, login: string) {
  const client = createApiClient(firstApi(stack));
  await client.signIn(login, DEMO_PASSWORD);
  return client;
}
