/** A question that hangs is not waited for longer than this. */
const PATIENCE_MS = 600;

/**
 * The app lies in the page as text (scripts/first-screen.mjs) and is run once it is all there and `ready` has settled.
 * To run it takes a slow phone half a second, in which no answer is heard and no next question asked: what must be asked
 * first is asked first.
 */
export function startApp(ready: Promise<unknown>): void {
  const patience = () => new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
  void parsed()
    .then(() => Promise.race([ready, patience()]))
    .then(run);
}

const parsed = (): Promise<void> =>
  new Promise((resolve) => {
    if (document.readyState !== 'loading') resolve();
    else document.addEventListener('DOMContentLoaded', () => resolve(), { once: true });
  });

function run(): void {
  for (const held of document.querySelectorAll('script[data-app]')) {
    const script = document.createElement('script');
    script.text = held.textContent ?? '';
    held.replaceWith(script);
  }
}
