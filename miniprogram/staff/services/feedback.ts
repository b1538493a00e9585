import { platform } from '../../services/platform';
import type { Verdict } from '../../services/types';

/** Heard and felt in a noisy room: high and short for "go in", low and long for everything else. */
export function announce({ tone }: Verdict): void {
  platform.beep(tone === 'green' ? 'high' : 'low');
  platform.vibrate(tone === 'green' ? 'light' : 'heavy');
}
