import { TOKEN_KEYS } from '../services/api/token-keys';
import type { SignIn } from '../services/platform/platform';
import { startApp } from './start-app';
import { arriveByLink, choosePerson, chosenPerson, controlOrigin } from './visitor';

declare global {
  interface Window {
    /** Null when it failed: the app then signs in by itself, and says what is wrong. */
    earlySignIn: Promise<SignIn | null> | undefined;
    /** The same, once it has answered. */
    earlyAnswer: SignIn | null | undefined;
  }
}

const TIMEOUT_MS = 10_000;

/**
 * Built into the page itself (scripts/first-screen.mjs): signs the visitor in while the app is still on its way, so
 * that the home page has its answer when the app can show it. In WeChat wx.login answers at once; here the sandbox has
 * to be asked, and every question costs a slow network half a second.
 */
arriveByLink();
const control = controlOrigin();
if (control && !localStorage.getItem(TOKEN_KEYS.student)) {
  const asked = new Promise<void>((resolve) => {
    window.earlySignIn = signInEarly(control, resolve)
      .finally(resolve)
      .catch(() => null)
      .then((answer) => {
        window.earlyAnswer = answer;
        return answer;
      });
  });
  startApp(asked);
} else startApp(Promise.resolve());

/** @param onAsked the last question is on its way */
async function signInEarly(origin: string, onAsked: () => void): Promise<SignIn | null> {
  const patience = new AbortController();
  setTimeout(() => patience.abort(), TIMEOUT_MS);
  const post = async (url: string, more?: RequestInit) => {
    const answer = await fetch(url, { method: 'POST', signal: patience.signal, ...more });
    return answer.ok ? answer.json() : null;
  };

  const chosen = chosenPerson();
  const visit = await post(`${origin}/wechat/visits${chosen ? `?person=${encodeURIComponent(chosen)}` : ''}`);
  if (!visit) return null;
  choosePerson(visit.person);
  const answer = post('/api/login/wechat', {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code: visit.code, withHome: true }),
  });
  onAsked();
  return answer;
}
