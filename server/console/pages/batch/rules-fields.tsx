import { Form, InputNumber, Select, Switch } from 'antd';
import type { CampaignDraft } from '../../../../shared/contract/campaigns';
import { useRead } from '../../api/hooks';
import type { AnswerOf } from '../../api/send';
import { useCampaign } from '../../layout/use-campaign';
import { clock, dayName } from '../../words/format';

type Session = AnswerOf<'GET /api/console/campaigns/:id/sessions'>['sessions'][number];
type SecondDegree = CampaignDraft['rules']['secondDegree'];

const needed = [{ required: true, message: '请填写' }];

/** Who may book what, and for how long a place is kept. */
export function RulesFields() {
  const { id } = useCampaign();
  const sessions =
    useRead('GET /api/console/campaigns/:id/sessions', { params: { id } }).data?.sessions ?? [];
  return (
    <>
      <div className="fields">
        <Form.Item
          name={['rules', 'reserveSeats']}
          label="每个时段预留名额"
          extra="计划人数之外多留几个，只由教务处安排；导入时间安排表时加上"
          rules={needed}
        >
          <InputNumber min={0} max={100} precision={0} />
        </Form.Item>
        <Form.Item
          name={['rules', 'lineUpLeadMinutes']}
          label="提前几分钟列队"
          extra="从这时起可以签到"
          rules={needed}
        >
          <InputNumber min={0} max={120} precision={0} />
        </Form.Item>
        <Form.Item
          name={['rules', 'holdMinutes']}
          label="付款前占位几分钟"
          extra="到时没付款，名额让给别人"
          rules={needed}
        >
          <InputNumber min={5} max={60} precision={0} />
        </Form.Item>
      </div>
      <div className="fields">
        <Form.Item
          name={['rules', 'allowOtherSessions']}
          label="可以约其他班级的时段"
          extra="不开：只能约自己专业的时段"
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
        <Form.Item
          name={['rules', 'allowUnverified']}
          label="没通过核验也可以先约"
          extra="现场核验身份证原件；不开：只能到现场办理"
          valuePropName="checked"
        >
          <Switch />
        </Form.Item>
        <Form.Item
          name={['rules', 'verificationAttempts']}
          label="每天可核验几次"
          extra="银行卡核验，次日重新计"
          rules={needed}
        >
          <InputNumber min={1} max={4} precision={0} />
        </Form.Item>
      </div>
      <Form.Item
        name={['rules', 'secondDegree']}
        label="第二学士学位的学生"
        extra={
          sessions.length === 0
            ? '时间安排表里没有他们专业时按这里办；导入时间安排表之后，还可以指定一个时段'
            : '时间安排表里没有他们专业时按这里办'
        }
        getValueProps={(value: SecondDegree) => ({ value: keyOf(value) })}
        normalize={placeOf}
      >
        <Select showSearch={{ optionFilterProp: 'label' }} options={placesFor(sessions)} />
      </Form.Item>
    </>
  );
}

const PLACES = [
  { value: 'with_same_major', label: '和同专业一起拍' },
  { value: 'not_placed', label: '先不安排，由教务处逐个安排' },
] as const;

const placesFor = (sessions: readonly Session[]) => [
  ...PLACES,
  ...sessions.map(({ id, day, startsAt, room, title }) => ({
    value: id,
    label: `都到 ${dayName(day)} ${clock(startsAt)} ${room} ${title}`,
  })),
];

/** Where second-degree students go, in words. */
export function secondDegreeWords(place: SecondDegree): string {
  return PLACES.find(({ value }) => value === place)?.label ?? '都到指定的一个时段';
}

const keyOf = (place: SecondDegree): string => (typeof place === 'string' ? place : place.sessionId);

const placeOf = (key: string): SecondDegree =>
  PLACES.find(({ value }) => value === key)?.value ?? { sessionId: key };
