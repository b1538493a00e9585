/** The little of jsdom that is needed; its own types would bring a browser's globals to every test of the server. */
interface Jsdom {
  JSDOM: new (html: string, options: object) => { window: Record<string, unknown> };
}

const NAMES = [
  'window',
  'document',
  'Node',
  'Element',
  'HTMLElement',
  'Event',
  'CustomEvent',
  'TouchEvent',
  'MouseEvent',
  'MutationObserver',
] as const;

/**
 * A window for WeChat's component tree, made by hand in the node environment: the same test also runs the real
 * service, whose database driver must not think that it is in a browser.
 */
export function openWindow(): void {
  if (Reflect.has(globalThis, 'window')) return;
  const { JSDOM }: Jsdom = require('jsdom');
  const { window } = new JSDOM('<!doctype html><html><body></body></html>', {
    url: 'http://localhost/',
  });
  for (const name of NAMES) Reflect.set(globalThis, name, window[name]);
}
