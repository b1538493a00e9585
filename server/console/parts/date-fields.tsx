import { DatePicker, TimePicker } from 'antd';
import dayjs, { type Dayjs } from 'dayjs';
import type { KeyboardEvent } from 'react';
import { useNow } from '../demo/now';

/**
 * Dates and hours as the office writes them, whatever the language of the browser. What one types may leave the strokes
 * out (20221119, 0830). The value of each is the text of the record, "" for none; no time zone is involved.
 */
interface Field {
  /** Of the label, given by the form. */
  id?: string;
  value?: string;
  onChange?: (value: string) => void;
}

const DAY = 'YYYY-MM-DD';
const TIME = 'HH:mm';
/** As `2022-11-18T22:00`. */
const MOMENT = `${DAY}T${TIME}`;

const DAYS = [DAY, 'YYYYMMDD', 'YYYY/M/D', 'YYYY.M.D', 'YYYY年M月D日'];
const TIMES = [TIME, 'HHmm', 'H:mm', 'H：mm'];
const MOMENTS = [`${DAY} ${TIME}`, 'YYYYMMDD HHmm', 'YYYYMMDDHHmm', 'YYYY/M/D H:mm'];

/** Enter takes what was typed; it does not send the whole form off. */
function keepForm(event: KeyboardEvent): void {
  if (event.key === 'Enter') event.preventDefault();
}

/** "2022-11-19" */
export function DayField({ value = '', onChange, ...field }: Field) {
  const now = useNow();
  return (
    <DatePicker
      {...field}
      onKeyDown={keepForm}
      format={DAYS}
      showNow={false}
      placeholder="年-月-日"
      value={value ? dayjs(value) : null}
      defaultPickerValue={dayjs(now)}
      onChange={(day: Dayjs | null) => onChange?.(day?.format(DAY) ?? '')}
    />
  );
}

/** "08:30" */
export function TimeField({ value = '', onChange, ...field }: Field) {
  return (
    <TimePicker
      {...field}
      onKeyDown={keepForm}
      format={TIMES}
      minuteStep={5}
      needConfirm={false}
      showNow={false}
      placeholder="时:分"
      value={value ? dayjs(`2000-01-01T${value}`) : null}
      onChange={(time: Dayjs | null) => onChange?.(time?.format(TIME) ?? '')}
    />
  );
}

/** "2022-11-18T22:00" */
export function MomentField({ value = '', onChange, ...field }: Field) {
  const now = useNow();
  return (
    <DatePicker
      {...field}
      onKeyDown={keepForm}
      format={MOMENTS}
      showTime={{ format: TIME, minuteStep: 5, defaultOpenValue: dayjs('2000-01-01T00:00') }}
      needConfirm={false}
      showNow={false}
      placeholder="年-月-日 时:分"
      value={value ? dayjs(value) : null}
      defaultPickerValue={dayjs(now)}
      onChange={(at: Dayjs | null) => onChange?.(at?.format(MOMENT) ?? '')}
    />
  );
}
