import type { BillDayView } from '../../../../shared/contract/reconciliation';
import { Pill } from '../../parts/pill';
import { count, yuan } from '../../words/format';
import { DAY_STATES, dayWord, type Month, weeksOf } from './days';

const WEEKDAYS = ['一', '二', '三', '四', '五', '六', '日'];

/** A month of days with their states. Days to come cannot be chosen. */
export function Calendar({
  month,
  days,
  chosen,
  onChoose,
}: {
  month: Month;
  days: readonly BillDayView[];
  chosen: string;
  onChoose: (day: string) => void;
}) {
  const byDay = new Map(days.map((day) => [day.day, day]));
  return (
    <table className="calendar">
      <thead>
        <tr>
          {WEEKDAYS.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeksOf(month).map((week) => (
          <tr key={week.find((day) => day !== null)}>
            {week.map((day, index) => (
              <td key={day ?? `empty ${WEEKDAYS[index]}`}>
                {day !== null && (
                  <Day
                    day={day}
                    record={byDay.get(day)}
                    isChosen={day === chosen}
                    onChoose={() => onChoose(day)}
                  />
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({
  day,
  record,
  isChosen,
  onChoose,
}: {
  day: string;
  record: BillDayView | undefined;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const number = Number(day.slice(8));
  if (!record) return <span className="calendar-day is-to-come">{number}</span>;
  const name = dayWord(record);
  const { tone } = DAY_STATES[record.state];
  const isWaiting = record.state === 'waiting';
  const isIdle = isWaiting && record.bills !== 'due';
  const toDo = record.differences - record.inDoubt.count;
  const net = record.ours.paidFen - record.ours.refundedFen;
  return (
    <button
      type="button"
      className={`calendar-day${isChosen ? ' is-chosen' : ''}${isIdle ? ' is-idle' : ''}`}
      aria-pressed={isChosen}
      onClick={onChoose}
    >
      <span aria-hidden>{number}</span>
      <span className="visually-hidden">{day}</span>
      {isIdle ? <span className="faint">{name}</span> : <Pill tone={tone}>{name}</Pill>}
      {!isWaiting && net !== 0 && (
        // Cents would not fit; the day itself has them.
        <span className="faint number" title={`收退相抵 ${yuan(net)} 元`}>
          {count(Math.round(net / 100))}
        </span>
      )}
      {toDo > 0 && <span className="bad">差异 {toDo}</span>}
      {record.inDoubt.count > 0 && <span className="faint">跨日 {record.inDoubt.count}</span>}
    </button>
  );
}
