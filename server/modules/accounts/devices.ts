import { createHash } from 'node:crypto';
import { AppError } from '../../errors';
import { actorName, type StaffActor, type UserActor } from '../../http/actor';
import { randomText } from '../../platform/ids';
import { changeRecord, insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Device, Devices } from './device-model';
import { beginSession, endSession } from './sign-in';

/** Without I, L, O, U, 0 and 1: a code is read out and typed. */
const CODE_ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_HOURS = 24;

const hashCode = (code: string) => createHash('sha256').update(`device ${code}`).digest('base64url');

/** A one-time code for one more staff phone. Eight characters of thirty: 39 bits, behind the login rate limit. */
export async function issueDeviceCode(
  world: World,
  by: UserActor,
  facts: { campaignId: string; label: string; rooms: string[] },
): Promise<{ device: Device; code: string; expiresAt: Date }> {
  const code = randomText(8, CODE_ALPHABET);
  const expiresAt = new Date(world.clock.now().getTime() + CODE_HOURS * 3_600_000);
  const device = await insertRecord(Devices, {
    ...newRecord(world.ids.id(), line(world, actorName(by), 'device.issue-code', { rooms: facts.rooms })),
    ...facts,
    schoolId: by.schoolId,
    codeHash: hashCode(code),
    codeExpiresAt: expiresAt,
    enrolledAt: null,
    lastSeenAt: null,
    revokedAt: null,
    snapshotAt: null,
    report: null,
    waivedAt: null,
  });
  return { device, code, expiresAt };
}

/** @throws AppError DEVICE_CODE_INVALID: unknown, used, expired or revoked — the phone is not told which */
export async function enrolDevice(
  world: World,
  { code, label }: { code: string; label?: string | undefined },
): Promise<{ device: Device; token: string; expiresAt: Date }> {
  const now = world.clock.now();
  const issued = await Devices.findOne({ codeHash: hashCode(code) }).lean<Device>();
  if (!issued) throw new AppError('DEVICE_CODE_INVALID');
  const device = await changeRecord(
    Devices,
    { _id: issued._id, codeHash: hashCode(code), codeExpiresAt: { $gt: now }, revokedAt: null },
    {
      $set: { enrolledAt: now, lastSeenAt: now, ...(label !== undefined && { label }) },
      $unset: { codeHash: 1, codeExpiresAt: 1 },
    },
    line(world, `device:${issued._id}`, 'device.enrol'),
  );
  if (!device) throw new AppError('DEVICE_CODE_INVALID');
  const session = await beginSession(world, actorOf(device));
  await endIfRevoked(device, session.token);
  return { device, ...session };
}

/** Whoever revokes a phone ends the sessions there are; one that begins in the same instant may come too late for that. */
async function endIfRevoked({ _id }: Device, token: string): Promise<void> {
  if (await Devices.exists({ _id, revokedAt: null })) return;
  await endSession(token);
  throw new AppError('DEVICE_CODE_INVALID');
}

/** Stops a staff phone within the session cache's 5 s; after a crash the sweep ends its sessions. */
export async function revokeDevice(world: World, by: UserActor, deviceId: string): Promise<Device> {
  const end = world.effects.planned('end-sessions', 'end-sessions');
  const device = await changeRecord(
    Devices,
    { _id: deviceId, schoolId: by.schoolId },
    { $set: { revokedAt: world.clock.now() }, $unset: { codeHash: 1, codeExpiresAt: 1 } },
    line(world, actorName(by), 'device.revoke'),
    [end],
  );
  if (!device) throw new AppError('NOT_FOUND');
  await world.effects.runNow(Devices, deviceId, end);
  return device;
}

export const findDevice = (id: string): Promise<Device | null> => Devices.findById(id).lean<Device>();

export const listDevices = (campaignId: string): Promise<Device[]> =>
  Devices.find({ campaignId }).sort({ _id: 1 }).lean<Device[]>();

const actorOf = (device: Device): StaffActor => ({
  kind: 'device',
  role: 'staff',
  deviceId: device._id,
  label: device.label,
  schoolId: device.schoolId,
  campaignId: device.campaignId,
  rooms: device.rooms,
});
