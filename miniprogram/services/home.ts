import { ApiError, homeOfSignIn, poll } from './api';
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
    state = { home: earlyHome() ?? keptHome(), isFresh: false };
  }
  return state;
}

export function onHomeChange(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * A page has failed. What was kept from an earlier visit, perhaps by an older app, may be why: the next try begins
 * without it. It stays on the phone until there is an answer, for whoever opens the app without network.
 */
export function distrustKept(): void {
  if (state.isFresh || !state.home) return;
  state = { home: null, isFresh: false };
  for (const listener of listeners) listener();
}

/** @throws ApiError; the kept state stays as it is */
export async function refreshHome(): Promise<HomeView> {
  const home = await askHome();
  // Unchanged (304), it is the earlier answer with the earlier time of day.
  if (home !== state.home) serverClock.learn(home.now);
  if (home !== state.home || !state.isFresh) {
    state = { home, isFresh: true };
    platform.storage.write(KEY, home);
    for (const listener of listeners) listener();
  }
  return home;
}

let campaignOfCode: string | undefined;

/**
 * A school's mini-program code opens the home page of its campaign, until the app is closed: then the campaign that the
 * person has verified for comes first again.
 *
 * @param scene as WeChat hands it over; anything but a campaign's id is no code of ours
 */
export function openCampaignOfCode(scene: string): void {
  const id = decodeURIComponent(scene);
  if (/^[0-9a-f]{24}$/.test(id)) campaignOfCode = id;
}

async function askHome(): Promise<HomeView> {
  if (campaignOfCode === undefined) {
    return (await homeOfSignIn()) ?? (await poll('GET /api/me/home', { query: {} }));
  }
  try {
    return await poll('GET /api/me/home', { query: { campaignId: campaignOfCode } });
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'NOT_FOUND') throw error;
    // An old poster: its campaign is gone.
    campaignOfCode = undefined;
    return askHome();
  }
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

/** Came with the sign-in while the app was loading: the first page then needs no skeleton. */
function earlyHome(): HomeView | null {
  const home = campaignOfCode === undefined ? platform.earlyAnswer()?.home : null;
  if (home) serverClock.learn(home.now);
  return home ?? null;
}

function keptHome(): HomeView | null {
  // Written by `refreshHome` alone, and cleared with the app's data when the app is updated incompatibly.
  const kept = platform.storage.read(KEY) as HomeView | undefined;
  return kept ?? null;
}
