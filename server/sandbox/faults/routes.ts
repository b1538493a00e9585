import type Router from '@koa/router';
import { z } from 'zod';
import { bodyOf } from '../control/requests';
import { answerFaults, callbackFaults, type Faults, services } from './faults';

const order = z.strictObject({
  service: z.enum(services),
  operation: z.string().optional(),
  match: z
    .strictObject({
      mchid: z.string().optional(),
      outTradeNo: z.string().optional(),
      outRefundNo: z.string().optional(),
      openid: z.string().optional(),
    })
    .optional(),
  kind: z.enum([...answerFaults, ...callbackFaults]),
  times: z.number().int().positive().optional(),
  delayMs: z.number().int().nonnegative().optional(),
  copies: z.number().int().positive().max(20).optional(),
  probability: z.number().min(0).max(1).optional(),
  seed: z.number().int().optional(),
  code: z.string().optional(),
  message: z.string().optional(),
  status: z.number().int().min(200).max(599).optional(),
});

/** Orders for misbehaviour. */
export function faultRoutes(router: Router, faults: Faults): void {
  router.post('/faults', (context) => {
    context.body = faults.order(bodyOf(context, order));
  });
  router.get('/faults', (context) => {
    context.body = faults.all();
  });
  router.get('/faults/counts', (context) => {
    context.body = faults.counts();
  });
  router.delete('/faults', (context) => {
    faults.cancel();
    context.status = 204;
  });
  router.delete('/faults/:id', (context) => {
    faults.cancel(context.params.id);
    context.status = 204;
  });
}
