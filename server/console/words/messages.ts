import type { AnnouncementView } from '../../../shared/contract/announcements';
import type { MessageView } from '../../../shared/contract/notifications';
import type { Tone } from '../parts/pill';

export const MESSAGE_STATE_TONES: Readonly<Record<MessageView['state'], Tone>> = {
  queued: 'calm',
  sending: 'brand',
  sent: 'good',
  not_sent: 'warn',
};

export const ANNOUNCEMENT_PILLS: Readonly<Record<AnnouncementView['state'], { tone: Tone; text: string }>> = {
  sending: { tone: 'brand', text: '安排中' },
  sent: { tone: 'good', text: '已发' },
  withdrawn: { tone: 'calm', text: '已撤回' },
};
