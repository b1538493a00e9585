import type { CampaignAdminView, SessionView } from '../../shared/contract/campaigns';
import { type ApiClient, createApiClient } from '../demo/api-client';
import { firstApi } from '../demo/seed';
import type { Stack } from '../demo/stack';
import type { Player } from './booking-time';
import { inParallel } from './in-parallel';

/** One enrolled phone a room. */
export async function enrolRooms(
  stack: Stack,
  office: ApiClient,
  campaign: CampaignAdminView,
  observe: Parameters<typeof createApiClient>[1],
): Promise<Map<string, ApiClient>> {
  const phones = new Map<string, ApiClient>();
  for (const room of campaign.rooms) {
    const label = `${room}一号机`;
    const { code } = await office.call('POST /api/console/campaigns/:id/devices', {
      params: { id: campaign.id },
      body: { label, rooms: [room] },
    });
    const phone = createApiClient(firstApi(stack), observe);
    phone.carryToken((await phone.call('POST /api/staff/enrol', { body: { code, label } })).token);
    phones.set(room, phone);
  }
  return phones;
}

const nonce = (kind: string, id: string) => `${kind}-${id}-rehearsal`;

/** All who come to sessions that begin at one moment: scanned with the day's fixed code, then photographed. */
export async function playSessions(
  sessions: readonly SessionView[],
  players: readonly Player[],
  phones: ReadonlyMap<string, ApiClient>,
): Promise<number> {
  let shot = 0;
  await inParallel(sessions.length, sessions, async (session) => {
    const phone = phones.get(session.room);
    if (!phone) throw new Error(`no phone in ${session.room}`);
    const coming = players.filter(
      ({ sessionId, cohort }) =>
        sessionId === session.id && (cohort === 'usual' || cohort === 'callback_lost'),
    );
    for (const player of coming) {
      await admit(phone, session.room, player);
      shot += 1;
    }
  });
  return shot;
}

async function admit(phone: ApiClient, room: string, player: Player): Promise<void> {
  const { bookingId } = player;
  if (!bookingId) throw new Error(`student ${player.studentNo} has no booking`);
  const { fixed } = await player.phone.api.call('GET /api/me/bookings/:id/code', {
    params: { id: bookingId },
  });
  const { now } = await player.phone.home();
  const verdict = await phone.call('POST /api/onsite/redeem', {
    body: { nonce: nonce('scan', bookingId), room, scannedAt: now, by: { kind: 'code', text: fixed } },
  });
  if (!verdict.admitted) throw new Error(`student ${player.studentNo} was not admitted: ${verdict.reason}`);
  await phone.call('POST /api/onsite/bookings/:id/shot', {
    params: { id: bookingId },
    body: { nonce: nonce('shot', bookingId) },
  });
}

/** Booked at the door by name, owing the fee (待缴), and photographed at once. */
export async function playWalkIn(phone: ApiClient, room: string, player: Player): Promise<void> {
  const { people } = await phone.call('GET /api/onsite/search', { query: { q: player.studentNo } });
  const [person] = people;
  if (!person) throw new Error(`student ${player.studentNo} is not found at the door`);
  const verdict = await phone.call('POST /api/onsite/walk-ins', {
    body: {
      nonce: nonce('walkin', person.studentId),
      room,
      studentId: person.studentId,
      evidence: 'id_card',
      payment: 'owed',
    },
  });
  const id = verdict.person?.bookingId;
  if (!verdict.admitted || !id) throw new Error(`walk-in ${player.studentNo}: ${verdict.reason}`);
  await phone.call('POST /api/onsite/bookings/:id/shot', {
    params: { id },
    body: { nonce: nonce('shot', id) },
  });
}
