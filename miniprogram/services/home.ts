import { homeOfSignIn, poll } from './api';
import { serverClock } from './clock';
import { platform } from './platform';
import type { HomeView } from './types';

const KEY = 'home';

interface HomeState {
  home: HomeView | null;
  /** False when this is what was kept from an earlier visit. */
  isFresh: boolean;
}

/**
 * The one answer that all student pages stand on. The last one is kept on the phone, so that the home page opens at
 * once and the code of the day is there without any network.
 */
let state: HomeState = { home: null, isFresh: false };
let wasRead = false;
const listeners = new Set<() => void>();

export function homeState(): HomeState {
  if (!wasRead) {
    wasRead = true;
    state = { home: keptHome(), isFresh: false };
  }
  return state;
}

export function onHomeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** @throws ApiError; the kept state stays as it is */
export async function refreshHome(): Promise<HomeView> {
  const home = (await homeOfSignIn()) ?? (await poll('GET /api/me/home', { query: {} }));
  // Unchanged (304), it is the earlier answer with the earlier time of day.
  if (home !== state.home) serverClock.learn(home.now);
  if (home !== state.home || !state.isFresh) {
    state = { home, isFresh: true };
    platform.storage.write(KEY, home);
    for (const listener of listeners) listener();
  }
  return home;
}

/** How long the home answer may be believed, by what it says. */
export function homePauseMs(home: HomeView): number {
  switch (home.card.kind) {
    case 'confirming_payment':
      return 2_000;
    case 'booked':
      return Math.max(5_000, Date.parse(home.code?.refreshAt ?? home.now) - serverClock.now().getTime());
    case 'pay':
    case 'arrived':
      return 10_000;
    default:
      return 30_000;
  }
}

function keptHome(): HomeView | null {
  // Written by `refreshHome` alone, and cleared with the app's data when the app is updated incompatibly.
  const kept = platform.storage.read(KEY) as HomeView | undefined;
  return kept ?? null;
}
