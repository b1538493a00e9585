import { Timeline } from 'antd';
import type { AuditLineView } from '../../../shared/contract/audit';
import { actorWords, factsWords, verbWords } from '../../../shared/domain/audit-words';
import { stamp } from '../words/format';

/** What happened to something, in the order given: what, with which facts, when and by whom. */
export function History({
  lines,
  names,
}: {
  lines: readonly Pick<AuditLineView, 'id' | 'at' | 'verb' | 'actor' | 'facts'>[];
  /** Of the actors, as far as they are people. */
  names: Readonly<Record<string, string>>;
}) {
  return (
    <Timeline
      items={lines.map(({ id, at, verb, actor, facts }) => ({
        key: id,
        content: (
          <>
            <strong>{verbWords(verb)}</strong>
            <div className="soft">{factsWords(facts)}</div>
            <div className="faint number">
              {stamp(at)} · {names[actor] ?? actorWords(actor)}
            </div>
          </>
        ),
      }))}
    />
  );
}
