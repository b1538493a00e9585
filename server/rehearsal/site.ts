import type { CampaignAdminView } from '../../shared/contract/campaigns';
import type { Verdict } from '../../shared/contract/onsite';
import { type ApiClient, createApiClient } from '../demo/api-client';
import { firstApi } from '../demo/seed';
import type { Stack } from '../demo/stack';
import type { Player } from './player';

/** Where one student after the other is let in and photographed: a phone that scans and one at the camera. */
export interface Lane {
  room: string;
  scanner: ApiClient;
  camera: ApiClient;
}

const LANES_A_ROOM = 2;

/** Enrols the phones of the day with one-time codes. @returns by room */
export async function enrolLanes(
  stack: Stack,
  office: ApiClient,
  campaign: CampaignAdminView,
  observe: Parameters<typeof createApiClient>[1],
): Promise<Map<string, Lane[]>> {
  const enrol = async (room: string, label: string): Promise<ApiClient> => {
    const { code } = await office.call('POST /api/console/campaigns/:id/devices', {
      params: { id: campaign.id },
      body: { label, rooms: [room] },
    });
    const phone = createApiClient(firstApi(stack), observe);
    phone.carryToken((await phone.call('POST /api/staff/enrol', { body: { code, label } })).token);
    return phone;
  };
  const lanes = new Map<string, Lane[]>();
  for (const room of campaign.rooms) {
    const inRoom: Lane[] = [];
    for (let number = 1; number <= LANES_A_ROOM; number += 1) {
      inRoom.push({
        room,
        scanner: await enrol(room, `${room}扫码${number}`),
        camera: await enrol(room, `${room}拍摄${number}`),
      });
    }
    lanes.set(room, inRoom);
  }
  return lanes;
}

type ScanBy = { kind: 'code'; text: string } | { kind: 'student'; studentId: string };

/** One scan at one moment of the demo clock. `confirmed`: what staff tapped after the first verdict. */
export function scan(
  { scanner, room }: Lane,
  moment: Date,
  by: ScanBy,
  confirmed: { originalSeen?: true; admitAnyway?: true } = {},
): Promise<Verdict> {
  const who = by.kind === 'code' ? by.text.slice(-60) : by.studentId;
  const nonce = `rehearsal-${Object.keys(confirmed).join('-')}-${who}`.slice(0, 64);
  return scanner.call('POST /api/onsite/redeem', {
    body: { nonce, room, scannedAt: moment.toISOString(), by, ...confirmed },
  });
}

export function expectVerdict(
  verdict: Verdict,
  expected: { reason: Verdict['reason']; admitted: boolean },
): void {
  if (verdict.reason === expected.reason && verdict.admitted === expected.admitted) return;
  throw new Error(
    `the scan says ${verdict.reason} (admitted: ${verdict.admitted}), not ${expected.reason} (${expected.admitted})`,
  );
}

/** The code of the day from the student's phone. */
export async function codeOf({ phone, bookingId, student }: Player): Promise<ScanBy> {
  if (!bookingId) throw new Error(`student ${student.studentNo} has no booking`);
  const { fixed } = await phone.api.call('GET /api/me/bookings/:id/code', { params: { id: bookingId } });
  return { kind: 'code', text: fixed };
}

/** The camera desk marks the shot. */
export async function photograph({ camera }: Lane, player: Player): Promise<void> {
  const { bookingId } = player;
  if (!bookingId) throw new Error('nobody to photograph');
  await camera.call('POST /api/onsite/bookings/:id/shot', {
    params: { id: bookingId },
    body: { nonce: `rehearsal-shot-${bookingId}` },
  });
  player.photographed = true;
}
