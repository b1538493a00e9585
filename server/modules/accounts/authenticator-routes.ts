import { routes } from '../../http/route';
import type { World } from '../../world';
import type { Authenticator } from './authenticator-model';
import { offerAuthenticator, proveAuthenticator } from './enrol-authenticator';
import { findAuthenticator } from './find-authenticator';
import { resetAuthenticator } from './reset-authenticator';
import { checkPassword } from './sign-in-console';

/** The second factor of whoever approves. Where it is asked for, the contract says (`secondFactor`). */
export const authenticatorRoutes = (world: World) =>
  routes({
    'GET /api/console/me/authenticator': async ({ actor }) => present(await findAuthenticator(actor.userId)),

    'POST /api/console/me/authenticator': async ({ actor, body }) => {
      await checkPassword(world, { login: actor.login, password: body.password });
      return offerAuthenticator(world, actor);
    },

    'POST /api/console/me/authenticator/prove': async ({ actor, body }) =>
      present(await proveAuthenticator(world, actor, body.code)),

    'POST /api/console/users/:id/reset-authenticator': async ({ actor, params, body }) => {
      await resetAuthenticator(world, actor, { id: params.id, ...body });
    },
  });

const present = (authenticator: Authenticator | null) => ({
  since: authenticator?.since?.toISOString() ?? null,
});
