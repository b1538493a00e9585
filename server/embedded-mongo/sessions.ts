import { Binary } from 'bson';
import { type Document, document, isDocument, type Value } from './bson/values';

const TIMEOUT_MS = 30 * 60_000;

/** Which logical sessions clients have used; a session holds nothing else here. */
export class Sessions {
  private readonly usedAt = new Map<string, { readonly id: Binary; at: number }>();

  /** @param lsid the session a command names, if it does */
  touch(lsid: Value | undefined, now: number): void {
    const id = idOf(lsid);
    if (id) this.usedAt.set(id.toString('hex'), { id, at: now });
  }

  end(sessions: readonly Value[]): void {
    for (const lsid of sessions) {
      const id = idOf(lsid);
      if (id) this.usedAt.delete(id.toString('hex'));
    }
  }

  forgetIdle(now: number): void {
    for (const [key, { at }] of this.usedAt) if (now - at > TIMEOUT_MS) this.usedAt.delete(key);
  }

  /** As `$listLocalSessions` shows them. */
  list(): Document[] {
    return [...this.usedAt.values()].map(({ id, at }) =>
      document({ _id: document({ id }), lastUse: new Date(at) }),
    );
  }
}

function idOf(lsid: Value | undefined): Binary | undefined {
  const id = isDocument(lsid) ? lsid.get('id') : undefined;
  return id instanceof Binary ? id : undefined;
}
