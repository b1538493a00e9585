import { platform } from '../../services/platform';
import type { ShownVerdict } from './verdicts';

/** Heard and felt in a noisy room: high and short for "go in", low and long for everything else. */
export function announce({ tone }: Pick<ShownVerdict, 'tone'>): void {
  platform.beep(tone === 'green' ? 'high' : 'low');
  platform.vibrate(tone === 'green' ? 'light' : 'heavy');
}
