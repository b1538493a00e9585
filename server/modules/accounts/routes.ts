import type { Context } from 'koa';
import type { DeviceView, UserView } from '../../../shared/contract/accounts';
import { MAKE_UP_ROOM } from '../../../shared/domain/make-up-slots';
import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { home } from '../bookings/home';
import { findCampaign, findOwnCampaign } from '../campaigns/find-campaign';
import type { Campaign } from '../campaigns/model';
import { findSchool } from '../campaigns/save-campaign';
import { CONSOLE_COOKIE, csrfTokenOf } from './authenticate';
import { changePassword } from './change-password';
import type { Device } from './device-model';
import { uploadState, waiveDevice } from './device-uploads';
import { enrolDevice, findDevice, issueDeviceCode, listDevices, revokeDevice } from './devices';
import { authenticatorsOf } from './find-authenticator';
import { loginWeChat } from './login-wechat';
import { addUser, changeUser, disableUser, enableUser, resetPassword, usersOf } from './manage-users';
import { endSession } from './sign-in';
import { signInConsole } from './sign-in-console';
import type { User } from './user-model';

export const accountRoutes = (world: World) => {
  const enter = async (
    ctx: Context,
    { actor, token, expiresAt }: { actor: UserActor; token: string; expiresAt: Date },
  ) => {
    ctx.cookies.set(CONSOLE_COOKIE, token, {
      httpOnly: true,
      sameSite: 'strict',
      secure: world.env.NODE_ENV === 'production',
      // The browser lives in real time, not on the demo clock.
      maxAge: expiresAt.getTime() - world.clock.now().getTime(),
    });
    return { user: await presentUser(actor), csrfToken: csrfTokenOf(token) };
  };

  return routes({
    'POST /api/login/wechat': async ({ body }) => {
      const { actor, ...signIn } = await loginWeChat(world, body.code);
      return {
        ...presentSignIn(signIn),
        home: body.withHome ? await home(world, actor, undefined) : null,
      };
    },

    'POST /api/staff/enrol': async ({ body }) => {
      const { device, ...signIn } = await enrolDevice(world, body);
      return { ...presentSignIn(signIn), device: await presentDevice(device) };
    },

    'GET /api/staff/me': async ({ actor }) => {
      const device = await findDevice(actor.deviceId);
      if (!device || device.revokedAt) throw new AppError('DEVICE_REVOKED');
      const campaign = await findCampaign(actor.campaignId);
      return {
        ...(await presentDevice(device)),
        rooms: device.rooms.length > 0 ? device.rooms : roomsOf(campaign),
        campaignName: campaign.name,
        days: campaign.collectionDays.map(({ day }) => day),
        now: world.clock.now().toISOString(),
      };
    },

    'POST /api/console/login': async ({ body, ctx }) => enter(ctx, await signInConsole(world, body)),

    'POST /api/console/logout': async ({ ctx }) => {
      const token = ctx.cookies.get(CONSOLE_COOKIE);
      if (token) await endSession(token);
      ctx.cookies.set(CONSOLE_COOKIE, null);
    },

    'GET /api/console/me': async ({ actor, ctx }) => ({
      user: await presentUser(actor),
      csrfToken: csrfTokenOf(ctx.cookies.get(CONSOLE_COOKIE) ?? ''),
    }),

    'POST /api/console/me/password': async ({ actor, body, ctx }) =>
      enter(ctx, await changePassword(world, actor, body)),

    'GET /api/console/users': async ({ actor }) => ({
      users: await presentUsers(actor.schoolId, await usersOf(actor.schoolId)),
    }),

    'POST /api/console/users': async ({ actor, body }) => presentGiven(await addUser(world, actor, body)),

    'PUT /api/console/users/:id': async ({ actor, params, body }) =>
      presentManaged(await changeUser(world, actor, { id: params.id, ...body })),

    'POST /api/console/users/:id/disable': async ({ actor, params, body }) =>
      presentManaged(await disableUser(world, actor, { id: params.id, ...body })),

    'POST /api/console/users/:id/enable': async ({ actor, params, body }) =>
      presentManaged(await enableUser(world, actor, { id: params.id, ...body })),

    'POST /api/console/users/:id/reset-password': async ({ actor, params, body }) =>
      presentGiven(await resetPassword(world, actor, { id: params.id, ...body })),

    'GET /api/console/campaigns/:id/devices': async ({ actor, params }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      return { devices: await Promise.all((await listDevices(campaign._id)).map(presentDevice)) };
    },

    'POST /api/console/campaigns/:id/devices': async ({ actor, params, body }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      const { device, code, expiresAt } = await issueDeviceCode(world, actor, {
        campaignId: campaign._id,
        ...body,
      });
      return { device: await presentDevice(device), code, expiresAt: expiresAt.toISOString() };
    },

    'POST /api/console/devices/:id/revoke': async ({ actor, params }) =>
      presentDevice(await revokeDevice(world, actor, params.id)),

    'POST /api/console/devices/:id/waive': async ({ actor, params, body }) =>
      presentDevice(await waiveDevice(world, actor, { deviceId: params.id, ...body })),
  });
};

/** On make-up days the make-up place is a room like the others. */
const roomsOf = ({ rooms, makeUp }: Campaign): string[] =>
  makeUp?.bookable ? [...rooms, MAKE_UP_ROOM] : rooms;

const presentSignIn = ({ token, expiresAt }: { token: string; expiresAt: Date }) => ({
  token,
  expiresAt: expiresAt.toISOString(),
});

async function presentDevice(device: Device): Promise<DeviceView> {
  const { collectionClosedAt } = await findCampaign(device.campaignId);
  return {
    id: device._id,
    label: device.label,
    campaignId: device.campaignId,
    rooms: device.rooms,
    codeExpiresAt: device.codeExpiresAt?.toISOString() ?? null,
    enrolledAt: device.enrolledAt?.toISOString() ?? null,
    lastSeenAt: device.lastSeenAt?.toISOString() ?? null,
    revokedAt: device.revokedAt?.toISOString() ?? null,
    upload: uploadState(device, collectionClosedAt),
    pending: device.report?.pending ?? null,
    reportedAt: device.report?.at.toISOString() ?? null,
  };
}

async function presentUsers(schoolId: string, users: readonly User[]): Promise<UserView[]> {
  const authenticators = await authenticatorsOf(schoolId);
  return users.map((user) => ({
    id: user._id,
    login: user.login,
    name: user.name,
    role: user.role,
    colleges: user.colleges,
    disabledAt: user.disabledAt?.toISOString() ?? null,
    lockedUntil: user.lockedUntil?.toISOString() ?? null,
    mustChangePassword: user.mustChangePassword,
    authenticatorSince: authenticators.get(user._id)?.toISOString() ?? null,
    version: user.version,
  }));
}

async function presentManaged(user: User): Promise<UserView> {
  const [view] = await presentUsers(user.schoolId, [user]);
  if (!view) throw new Error('a user is presented as nobody');
  return view;
}

const presentGiven = async ({ user, password }: { user: User; password: string }) => ({
  user: await presentManaged(user),
  password,
});

const presentUser = async ({
  userId,
  name,
  role,
  schoolId,
  colleges,
  login,
  mustChangePassword,
}: UserActor) => ({
  id: userId,
  login,
  name,
  role,
  schoolId,
  schoolName: (await findSchool(schoolId))?.name ?? '',
  colleges: [...colleges],
  mustChangePassword,
});
