/** The part of miniprogram-simulate (WeChat's own template compiler and component tree, in jsdom) that is used here. */
export interface Node {
  readonly dom: { textContent: string | null };
  readonly instance: PageInstance;
  querySelector(selector: string): Node | undefined;
  querySelectorAll(selector: string): Node[];
  dispatchEvent(name: string, options?: { detail?: unknown }): void;
  attach(parent: Holder): void;
  detach(): void;
}

/** The element of jsdom that a page is shown in. */
export interface Holder {
  readonly textContent: string | null;
  remove(): void;
}

interface PageDocument {
  createElement(name: string): Holder;
  body: { appendChild(child: Holder): Holder };
}

export function newHolder(): Holder {
  const document: PageDocument = Reflect.get(globalThis, 'document');
  return document.body.appendChild(document.createElement('div'));
}

/** What the base library calls on a page. */
export interface PageInstance {
  route?: string;
  options?: Record<string, string>;
  onLoad?(options: Record<string, string>): void;
  onShow?(): void;
  onReady?(): void;
  onHide?(): void;
  onUnload?(): void;
}

interface Simulate {
  load(path: string, tagName: string, options: object): string;
  render(id: string): Node;
}

export interface AppConfig {
  pages: string[];
  subPackages?: { root: string; pages: string[] }[];
}

/** What the base library calls on the app. */
export interface AppInstance {
  onLaunch?(options: object): void;
  onShow?(options: object): void;
  onPageNotFound?(options: object): void;
}

/** Loaded anew for every boot, together with the app. */
export const loadSimulator = (): Simulate => require('miniprogram-simulate');
