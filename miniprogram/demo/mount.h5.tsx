import type { Control } from './control';
import { controlOfThisPlace } from './demo';
import './demo.scss';

/**
 * The demo lives outside the app, in a root of its own above it: no page knows of it. Its place is there at once, so
 * that nothing moves; what fills it waits until the app's first page has been shown.
 */
export function mountDemo(): void {
  const control = controlOfThisPlace();
  if (!control) return;
  const place = document.createElement('aside');
  place.id = 'demo';
  document.body.prepend(place);
  void Promise.resolve(window.earlySignIn)
    .then(quiet)
    .then(() => fill(place, control));
}

async function fill(place: HTMLElement, control: Control): Promise<void> {
  const [{ createRoot }, { DemoBar }] = await Promise.all([
    import('react-dom/client'),
    import(/* webpackChunkName: "demo" */ './demo-bar'),
  ]);
  createRoot(place).render(<DemoBar control={control} />);
}

const PATIENCE_MS = 1_000;

/** The browser has drawn what it was given. Safari cannot say so. */
const quiet = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: PATIENCE_MS });
    else setTimeout(resolve, PATIENCE_MS);
  });
