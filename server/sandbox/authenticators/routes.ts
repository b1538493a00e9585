import type Router from '@koa/router';
import { z } from 'zod';
import { bodyOf, refuse } from '../control/requests';
import type { Authenticators } from './authenticators';

const scan = z.strictObject({ uri: z.string().max(1_000) });

/** A phone that scans the QR of an enrolment, and what it shows from then on. */
export function authenticatorRoutes(router: Router, authenticators: Authenticators): void {
  router.put('/authenticators', (context) => {
    context.body = authenticators.scan(bodyOf(context, scan).uri);
  });
  router.get('/authenticators/:account', (context) => {
    const { account = '' } = context.params;
    context.body = authenticators.show(account) ?? refuse(404, `no authenticator has scanned ${account}`);
  });
}
