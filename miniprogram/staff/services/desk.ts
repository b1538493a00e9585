import { platform } from '../../services/platform';

const ROOM = 'staff.room';

/** Where this phone stands today. */
export const desk = {
  room(): string {
    const room = platform.storage.read(ROOM);
    return typeof room === 'string' ? room : '';
  },
  standIn(room: string): void {
    platform.storage.write(ROOM, room);
  },
  leave(): void {
    platform.storage.remove(ROOM);
  },
};
