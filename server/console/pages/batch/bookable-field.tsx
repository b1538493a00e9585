import { InputNumber, Radio } from 'antd';
import type { CampaignDraft } from '../../../../shared/contract/campaigns';

type Bookable = NonNullable<CampaignDraft['makeUp']>['bookable'];

const USUAL: NonNullable<Bookable> = { slotMinutes: 60, placesPerSlot: 10 };

/** Whether students are told where to go, or book a time; then how many at once, and for how long. */
export function BookableField({
  value = null,
  onChange,
}: {
  value?: Bookable;
  onChange?: (value: Bookable) => void;
}) {
  const change = (part: Partial<NonNullable<Bookable>>) => onChange?.({ ...(value ?? USUAL), ...part });
  return (
    <div className="stack tight">
      <Radio.Group
        aria-label="补拍方式"
        value={value !== null}
        onChange={({ target }) => onChange?.(target.value === true ? USUAL : null)}
        options={[
          { value: false, label: '只告知：学生按时间地点自己去' },
          { value: true, label: '要预约：学生在小程序里选时间、付款' },
        ]}
      />
      {value && (
        <div className="row tight number">
          每
          <InputNumber
            aria-label="每个时段几分钟"
            min={10}
            max={240}
            step={10}
            precision={0}
            value={value.slotMinutes}
            onChange={(slotMinutes) => change({ slotMinutes: slotMinutes ?? USUAL.slotMinutes })}
          />
          分钟一个时段，每个时段
          <InputNumber
            aria-label="每个时段几个名额"
            min={1}
            max={200}
            precision={0}
            value={value.placesPerSlot}
            onChange={(placesPerSlot) => change({ placesPerSlot: placesPerSlot ?? USUAL.placesPerSlot })}
          />
          个名额
        </div>
      )}
      {value && (
        <span className="soft">
          时段按下面的星期和时间自动排出，去掉法定节假日，到截止日期为止。采集结束后开放预约；付过款没拍到的学生改约补拍不用再付。
        </span>
      )}
    </div>
  );
}
