import type { MessageKind } from '../../shared/domain/messages';
import { ApiError, call } from './api';
import { homeState } from './home';
import { freshId } from './ids';
import { platform } from './platform';

/**
 * Asks WeChat for messages and tells the service what was accepted. Must be called from a tap. The journey never waits
 * or fails for it: who is not told by message still finds everything on the home page.
 *
 * @returns whether anything was accepted
 */
export async function askForMessages(kinds: readonly MessageKind[]): Promise<boolean> {
  const campaignId = homeState().home?.campaign?.id;
  const accepted = [...(await platform.askToNotify(kinds))];
  if (!campaignId || accepted.length === 0) return false;
  try {
    await call('POST /api/me/message-accepts', { body: { campaignId, accepted, nonce: freshId() } });
    return true;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    console.error(error);
    return false;
  }
}
