import { useEffect, useState } from 'react';
import { shanghaiStamp } from '../../shared/domain/time';
import { serverClock } from '../services/clock';
import type { Control, DemoPerson, DemoPhase } from './control';
import { CopyCode } from './copy-code';
import { allPeople, becomePerson, currentPerson, firstPeople } from './demo';
import { StageSheet } from './stage-sheet';

const OPEN = 'demo.open';

interface Scene {
  person: DemoPerson;
  people: DemoPerson[];
  /** How many there are. */
  total: number;
  phases: DemoPhase[];
  now: string;
}

/** Who I am and what time it is, in a strip that cannot be taken for the product. */
export function DemoBar({ control }: { control: Control }) {
  const [isOpen, setOpen] = useState(sessionStorage.getItem(OPEN) === 'yes');
  const [scene, setScene] = useState<Scene>();
  const [problem, setProblem] = useState('');

  useEffect(() => {
    load(control).then(setScene, (error: unknown) => setProblem(String(error)));
  }, [control]);

  const toggle = () => {
    sessionStorage.setItem(OPEN, isOpen ? 'no' : 'yes');
    setOpen(!isOpen);
  };

  return (
    <>
      <button type="button" className="demo-strip" aria-expanded={isOpen} onClick={toggle}>
        <b>演示</b>
        <span>{scene ? scene.person.name : problem || '连接沙箱…'}</span>
        <time>{scene && shanghaiStamp(new Date(scene.now)).slice(5, 16)}</time>
        <i>{isOpen ? '收起' : '展开'}</i>
      </button>
      {isOpen && scene && <DemoPanel control={control} scene={scene} />}
      <StageSheet />
    </>
  );
}

async function load(control: Control): Promise<Scene> {
  const [person, { people, total }, phases, now] = await Promise.all([
    currentPerson(control),
    firstPeople(control),
    control.phases(),
    control.now(),
  ]);
  // The demo's clock is the clock of every phone in it, also of those that never ask for the home page.
  serverClock.learn(now);
  return { person, people, total, phases, now };
}

function DemoPanel({ control, scene }: { control: Control; scene: Scene }) {
  const { person, phases } = scene;
  const travel = (phase: DemoPhase) => control.moveTo(phase.at).then(() => window.location.reload());
  return (
    <div className="demo-panel">
      <PersonChoice control={control} scene={scene} />
      <div className="demo-row">
        <button type="button" className="demo-button" onClick={() => typeInto('bankCard', person.bankCard)}>
          填入银行卡
        </button>
        <button type="button" className="demo-button" onClick={() => typeInto('phone', person.phone)}>
          填入手机号
        </button>
        <button type="button" className="demo-button" onClick={() => typeIdentity(person)}>
          填入姓名与证件号
        </button>
        <CopyCode />
      </div>
      <div className="demo-row">
        {phases.map((phase) => (
          <button
            type="button"
            className="demo-button"
            key={phase.key}
            data-phase={phase.key}
            onClick={() => travel(phase)}
          >
            {phase.label}
          </button>
        ))}
      </div>
    </div>
  );
}

const ALL = 'all';

/** The first of the people, and all of them for who asks: a browser jumps to the one whose name is typed. */
function PersonChoice({
  control,
  scene: { person, people: first, total },
}: {
  control: Control;
  scene: Scene;
}) {
  const [people, setPeople] = useState(first);
  const others = people.some(({ id }) => id === person.id) ? people : [person, ...people];
  const choose = (id: string) => {
    if (id === ALL) void allPeople(control).then((all) => setPeople(all.people));
    else becomePerson(id);
  };
  return (
    <label className="demo-label">
      我是
      <select className="demo-button" value={person.id} onChange={(event) => choose(event.target.value)}>
        {others.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}（{id}）
          </option>
        ))}
        {people === first && people.length < total && (
          <option value={ALL}>
            列出全部 {total} 人（现在 {people.length} 人）…
          </option>
        )}
      </select>
      {people.length < total && <span>共 {total} 人</span>}
    </label>
  );
}

function typeIdentity(person: DemoPerson): void {
  typeInto('name', person.name);
  typeInto('documentNumber', person.idNumber);
}

/** Types as a person would: through the field's own input event. */
function typeInto(field: string, text: string): void {
  const input = document.querySelector<HTMLInputElement>(`[data-field="${field}"] input`);
  if (!input) return;
  input.value = text;
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
