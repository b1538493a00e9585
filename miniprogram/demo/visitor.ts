/** Who looks at the demo, and where its sandbox is: what is known before the app has been loaded. */
const PERSON = 'demo.person';

export const chosenPerson = (): string | null => localStorage.getItem(PERSON);
export const choosePerson = (id: string): void => localStorage.setItem(PERSON, id);

/** `/?person=ID`, as on a task card: that person's phone, on which the app was never opened. */
export function arriveByLink(): void {
  const link = new URL(window.location.href);
  const id = link.searchParams.get('person');
  if (id === null) return;
  localStorage.clear();
  choosePerson(id);
  link.searchParams.delete('person');
  window.history.replaceState(null, '', link);
}

/**
 * Origin of the sandbox's control API, as the page's own server has written it into the page; null where the API runs
 * without a sandbox: there the app lives in WeChat only.
 */
export function controlOrigin(): string | null {
  const written = document.getElementById('config')?.textContent;
  if (!written) return null;
  const { demo }: { demo: { control: string } | null } = JSON.parse(written);
  return demo?.control ?? null;
}
