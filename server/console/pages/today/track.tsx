import { CheckOutlined } from '@ant-design/icons';
import { STAGES } from './next-step';

/** Where the campaign stands on its way. */
export function Track({ stage }: { stage: number }) {
  return (
    <ol className="track" aria-label="批次进度">
      {STAGES.map((title, index) => (
        <li
          key={title}
          className={index < stage ? 'is-done' : index === stage ? 'is-now' : ''}
          aria-current={index === stage ? 'step' : undefined}
        >
          <span aria-hidden>{index < stage ? <CheckOutlined /> : index + 1}</span>
          {title}
        </li>
      ))}
    </ol>
  );
}
