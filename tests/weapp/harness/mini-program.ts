import { readFileSync } from 'node:fs';
import path from 'node:path';
import { RecordingCanvas } from './canvas';
import {
  type AppConfig,
  type AppInstance,
  type Holder,
  loadSimulator,
  type Node,
  newHolder,
  type PageInstance,
} from './simulator';
import { noteTimers, stopTimers } from './timers';
import { openWindow } from './window';
import { asWx, later, memoryStorage, PLAIN_WX, type Stub } from './wx';

const DIST = path.resolve(__dirname, '../../../dist/weapp');
const PATIENCE_MS = 20_000;
const LOOK_EVERY_MS = 15;

/** Apps that nobody has killed yet. */
const running = new Set<MiniProgram>();

noteTimers();
afterEach(async () => {
  for (const program of running) program.kill();
  // Taro unmounts a page a moment after its end.
  await later(50);
  stopTimers();
});

export interface PrivacyAnswer {
  event: string;
  buttonId?: string;
}
type PrivacyListener = (resolve: (answer: PrivacyAnswer) => void) => void;

interface OpenPage {
  route: string;
  node: Node;
  holder: Holder;
}

/** The compiled mini-program in the hands of a test: taps, types, looks. */
export class MiniProgram {
  /** Every wx call so far. */
  readonly calls: { name: string; options: Readonly<Record<string, unknown>> }[] = [];
  readonly canvases = new Map<string, RecordingCanvas>();
  /** The files that were played, in order. */
  readonly played: Uint8Array[] = [];
  private readonly files = new Map<string, ArrayBuffer>();
  private readonly stack: OpenPage[] = [];
  private readonly loaded = new Map<string, string>();
  private readonly simulator = loadSimulator();
  private readonly config: AppConfig = JSON.parse(readFileSync(path.join(DIST, 'app.json'), 'utf8'));
  private askForPrivacy: PrivacyListener = () => undefined;
  private app: AppInstance = {};
  private loading = '';

  /** Boots the app and opens its first page. `storage` outlives an app that is killed and started again. */
  static async launch(
    stubs: Readonly<Record<string, Stub>>,
    storage = new Map<string, unknown>(),
    query: Readonly<Record<string, string>> = {},
  ) {
    openWindow();
    jest.resetModules();
    const program = new MiniProgram(stubs, storage);
    running.add(program);
    require(path.join(DIST, 'app.js'));
    const launch = { path: program.firstPage, query, scene: 1001 };
    program.app.onLaunch?.(launch);
    program.app.onShow?.(launch);
    program.open(`/${program.firstPage}?${new URLSearchParams(query)}`);
    return program;
  }

  private constructor(stubs: Readonly<Record<string, Stub>>, storage: Map<string, unknown>) {
    const record = (name: string, options: object) => void this.calls.push({ name, options: { ...options } });
    const answering = { ...this.navigation(), ...stubs };
    const named = Object.entries(answering).map(([name, stub]) => [name, asWx(name, stub, record)]);
    Object.assign(globalThis, {
      wx: Object.assign(Object(Reflect.get(globalThis, 'wx')), PLAIN_WX, memoryStorage(storage), {
        ...Object.fromEntries(named),
        webpackJsonp: undefined,
        createSelectorQuery: () => this.selectorQuery(),
        createInnerAudioContext: () => this.sound(),
        env: { USER_DATA_PATH: 'wxfile://usr' },
        getFileSystemManager: () => ({
          writeFileSync: (name: string, data: ArrayBuffer) => void this.files.set(name, data),
        }),
        onNeedPrivacyAuthorization: (listener: PrivacyListener) => {
          this.askForPrivacy = listener;
        },
      }),
      App: (app: AppInstance) => {
        this.app = app;
      },
      getApp: () => this.app,
      getCurrentPages: () => this.stack.map(({ node }) => node.instance),
      Page: (page: Record<string, unknown>) => this.definePage(page),
    });
  }

  get route(): string {
    return this.top.route;
  }

  get text(): string {
    return this.top.holder.textContent ?? '';
  }

  has(selector: string): boolean {
    return this.top.node.querySelector(selector) !== undefined;
  }

  textOf(selector: string): string {
    return this.find(selector).dom.textContent ?? '';
  }

  /** Waits until the element is there and takes taps, then taps it. */
  async tap(selector: string): Promise<void> {
    const takesTaps = () => this.has(selector) && !this.has(`${selector}.button--still`);
    await this.until(`${selector} takes taps`, takesTaps);
    this.find(selector).dispatchEvent('tap');
    await later(LOOK_EVERY_MS);
  }

  /** Types into a Field by its name. */
  async type(field: string, value: string): Promise<void> {
    await this.see(`#field-${field}`);
    this.find(`#field-${field}`).dispatchEvent('input', { detail: { value } });
    await later(LOOK_EVERY_MS);
  }

  /** WeChat wants to know whether the person agrees to the privacy statement. */
  askPrivacy(): Promise<PrivacyAnswer> {
    return new Promise((resolve) => this.askForPrivacy(resolve));
  }

  /** A tap on WeChat's own kind of button. */
  async agreeToPrivacy(): Promise<void> {
    await this.see('#agree-privacy');
    this.find('#agree-privacy').dispatchEvent('agreeprivacyauthorization');
    await later(LOOK_EVERY_MS);
  }

  /** WeChat's own arrow in the title bar. */
  goBack(): void {
    this.close();
    this.top.node.instance.onShow?.();
  }

  /** A message or code leads to a page that the app does not have. */
  missPage(path: string): void {
    this.app.onPageNotFound?.({ path, query: {}, isEntryPage: true });
  }

  /** The page's camera sees a code. */
  async scan(selector: string, result: string): Promise<void> {
    await this.see(selector);
    this.find(selector).dispatchEvent('scancode', { detail: { result } });
    await later(LOOK_EVERY_MS);
  }

  see(selector: string): Promise<void> {
    return this.until(`${selector} is on the page`, () => this.has(selector));
  }

  seeText(words: string): Promise<void> {
    return this.until(`the page says ${words}`, () => this.text.includes(words));
  }

  seePage(route: string): Promise<void> {
    return this.until(`the page is ${route}`, () => this.route === route);
  }

  /** @throws Error with what the page shows instead */
  async until(what: string, isTrue: () => boolean): Promise<void> {
    const deadline = Date.now() + PATIENCE_MS;
    while (!isTrue()) {
      if (Date.now() > deadline) throw new Error(`waited for: ${what}\n${this.route} shows: ${this.text}`);
      await later(LOOK_EVERY_MS);
    }
  }

  /** The picture drawn last. */
  async drawing(): Promise<RecordingCanvas> {
    const drawn = () => [...this.canvases.values()].filter(({ fills }) => fills.length > 1).at(-1);
    await this.until('something is drawn', () => drawn() !== undefined);
    return drawn() ?? new RecordingCanvas();
  }

  /** The person leaves: every page is told and taken away. */
  kill(): void {
    running.delete(this);
    this.closeAll();
  }

  private get firstPage(): string {
    return this.config.pages[0] ?? '';
  }

  private get top(): OpenPage {
    const page = this.stack.at(-1);
    if (!page) throw new Error('no page is open');
    return page;
  }

  private find(selector: string): Node {
    const found = this.top.node.querySelector(selector);
    if (!found) throw new Error(`no ${selector} on ${this.route}: ${this.text}`);
    return found;
  }

  private open(url: string): void {
    const [route = '', search = ''] = url.replace(/^\//, '').split('?');
    const pages = [
      ...this.config.pages,
      ...(this.config.subPackages ?? []).flatMap(({ root, pages }) => pages.map((page) => `${root}/${page}`)),
    ];
    if (!pages.includes(route)) throw new Error(`page "${route}" is not found`);
    this.stack.at(-1)?.node.instance.onHide?.();
    const node = this.simulator.render(this.load(route));
    const holder = newHolder();
    const { instance } = node;
    instance.options = Object.fromEntries(new URLSearchParams(search));
    this.stack.push({ route, node, holder });
    node.attach(holder);
    instance.onLoad?.(instance.options);
    instance.onShow?.();
    instance.onReady?.();
  }

  /** Plays files alone, as WeChat does. */
  private sound() {
    const sound = {
      src: '',
      stop: () => undefined,
      play: () => {
        const file = this.files.get(sound.src);
        if (!file) throw new Error(`no file to play: ${sound.src}`);
        this.played.push(new Uint8Array(file));
      },
    };
    return sound;
  }

  private closeAll(): void {
    while (this.stack.length > 0) this.close();
  }

  private close(): void {
    const page = this.stack.pop();
    if (!page) return;
    page.node.instance.onUnload?.();
    page.node.detach();
    page.holder.remove();
  }

  private navigation(): Record<string, Stub> {
    const url = (options: Readonly<Record<string, unknown>>) => String(options.url);
    return {
      navigateTo: (options) => this.open(url(options)),
      pageScrollTo: () => undefined,
      redirectTo: (options) => {
        this.close();
        this.open(url(options));
      },
      reLaunch: (options) => {
        this.closeAll();
        this.open(url(options));
      },
      navigateBack: () => this.goBack(),
    };
  }

  private load(route: string): string {
    const known = this.loaded.get(route);
    if (known) return known;
    this.loading = route;
    const options = { rootPath: DIST, compiler: 'official', less: false };
    const id = this.simulator.load(path.join(DIST, route), route.replace(/\//g, '-'), options);
    this.loaded.set(route, id);
    return id;
  }

  /** The simulator knows components only: a page is one whose functions are methods. */
  private definePage(page: Record<string, unknown>): void {
    const route = this.loading;
    const entries = Object.entries(page);
    const isData = (name: string) => name === 'data' || name === 'options';
    const methods = entries.filter(([name, value]) => typeof value === 'function' && !isData(name));
    const others = entries.filter(([name, value]) => typeof value !== 'function' && !isData(name));
    const define: (definition: object) => void = Reflect.get(globalThis, 'Component');
    define({
      options: page.options ?? {},
      data: page.data ?? {},
      methods: Object.fromEntries(methods),
      created(this: PageInstance) {
        Object.assign(this, Object.fromEntries(others), { route, __route__: route });
      },
    });
  }

  /** Only what a canvas of type 2d needs: its node by its id. */
  private selectorQuery() {
    let selector = '';
    let tell: ((found: object | null) => void) | undefined;
    const query = {
      in: () => query,
      select: (wanted: string) => {
        selector = wanted;
        return query;
      },
      fields: (_wanted: object, callback?: (found: object | null) => void) => {
        tell = callback;
        return query;
      },
      exec: (callback?: (found: (object | null)[]) => void) => {
        setTimeout(() => {
          const node = this.canvases.get(selector) ?? new RecordingCanvas();
          this.canvases.set(selector, node);
          const found = { node, width: 150, height: 150 };
          tell?.(found);
          callback?.([found]);
        });
        return query;
      },
    };
    return query;
  }
}
