import type { Answer } from '../../services/api';
import { platform } from '../../services/platform';

const ROOM = 'staff.room';
const DEVICE = 'staff.device';

export type StaffDevice = Pick<
  Answer<'GET /api/staff/me'>,
  'campaignId' | 'campaignName' | 'label' | 'rooms'
>;

/** Where this phone stands today. */
export const desk = {
  room(): string {
    const room = platform.storage.read(ROOM);
    return typeof room === 'string' ? room : '';
  },
  standIn(room: string): void {
    platform.storage.write(ROOM, room);
  },
  /** What this phone may do, as it was last told: enough to begin a day without network. */
  device(): StaffDevice | undefined {
    const kept = platform.storage.read(DEVICE);
    return isDevice(kept) ? kept : undefined;
  },
  remember(device: StaffDevice): void {
    platform.storage.write(DEVICE, device);
  },
  leave(): void {
    platform.storage.remove(ROOM);
    platform.storage.remove(DEVICE);
  },
};

const isDevice = (value: unknown): value is StaffDevice =>
  typeof value === 'object' && value !== null && 'rooms' in value && Array.isArray(value.rooms);
