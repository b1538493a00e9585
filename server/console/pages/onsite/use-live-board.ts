import { useEffect, useState } from 'react';
import type { LiveBoard } from '../../../../shared/contract/onsite';

/** Whether the board is fed at this moment; while it is not, the browser tries again by itself. */
export type Feed = 'connecting' | 'live' | 'lost';

/** Today's board as the service sends it: at once, and whenever something has changed. */
export function useLiveBoard(campaignId: string): { board: LiveBoard | null; feed: Feed } {
  const [board, setBoard] = useState<LiveBoard | null>(null);
  const [feed, setFeed] = useState<Feed>('connecting');
  useEffect(() => {
    const events = new EventSource(`/api/console/campaigns/${campaignId}/board/events`);
    events.onopen = () => setFeed('live');
    events.onmessage = ({ data }: MessageEvent<string>) => setBoard(JSON.parse(data));
    events.onerror = () => setFeed('lost');
    return () => events.close();
  }, [campaignId]);
  return { board, feed };
}
