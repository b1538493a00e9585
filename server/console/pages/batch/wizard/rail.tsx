import { CheckOutlined, ExclamationOutlined } from '@ant-design/icons';
import { Link } from 'react-router';
import type { Step, StepKey } from './steps';

const WORDS: Readonly<Record<Step['state'], string>> = { done: '已完成', todo: '待办', problem: '请核对' };

/** Every step with what it has come to. */
export function Rail({
  steps,
  current,
  addressOf,
}: {
  steps: readonly Step[];
  current: StepKey;
  /** null as long as the step cannot be gone to */
  addressOf: (key: StepKey) => string | null;
}) {
  return (
    <nav aria-label="准备步骤">
      <ol className="rail">
        {steps.map((step, index) => {
          const to = addressOf(step.key);
          const view = <StepView step={step} number={index + 1} />;
          return (
            <li
              key={step.key}
              className={`is-${step.state}`}
              aria-current={step.key === current ? 'step' : undefined}
            >
              {to === null ? <span className="rail-step">{view}</span> : <Link to={to}>{view}</Link>}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}

const StepView = ({ step: { state, title, says }, number }: { step: Step; number: number }) => (
  <>
    <i aria-label={WORDS[state]} role="img">
      {state === 'done' ? <CheckOutlined /> : state === 'problem' ? <ExclamationOutlined /> : number}
    </i>
    <strong>{title}</strong>
    <span>{says}</span>
  </>
);
