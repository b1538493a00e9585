import { type Announcement, Announcements } from './model';

/** Without its long list of students. */
export const findAnnouncement = (id: string): Promise<Omit<Announcement, 'studentIds'> | null> =>
  Announcements.findById(id, { studentIds: 0 }).lean<Omit<Announcement, 'studentIds'>>();
