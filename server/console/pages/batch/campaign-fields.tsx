import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Divider, Form, Input, InputNumber, Select, Switch } from 'antd';
import { parseYuan } from '../../../../shared/domain/money';
import { DayField, MomentField, TimeField } from '../../parts/date-fields';
import { yuan } from '../../words/format';
import { RulesFields } from './rules-fields';

const needed = [{ required: true, message: '请填写' }];

/** The fields of a campaign that the office decides; make-up information and fee codes are kept as they are. */
export function CampaignFields() {
  return (
    <>
      <NameFields />
      <Divider titlePlacement="start">采集地点和时间</Divider>
      <PlaceFields />
      <Divider titlePlacement="start">预约时间</Divider>
      <WindowFields />
      <Divider titlePlacement="start">预约规则</Divider>
      <RulesFields />
      <Divider titlePlacement="start">收费</Divider>
      <FeeFields />
      <Divider titlePlacement="start">联系电话</Divider>
      <ContactFields />
    </>
  );
}

export function NameFields() {
  return (
    <>
      <Form.Item name="name" label="名称" rules={needed}>
        <Input maxLength={60} placeholder="2024 届本科毕业生图像采集" />
      </Form.Item>
      <div className="fields">
        <Form.Item name="graduationYear" label="届别" rules={needed}>
          <InputNumber min={2000} max={2100} />
        </Form.Item>
        <Form.Item name="registryOffice" label="学籍部门" extra="学生信息有误时去找谁" rules={needed}>
          <Input maxLength={60} placeholder="教务处学籍科" />
        </Form.Item>
      </div>
    </>
  );
}

export function PlaceFields() {
  return (
    <>
      <Form.Item name="place" label="地点" rules={needed}>
        <Input maxLength={60} placeholder="逸夫楼一层" />
      </Form.Item>
      <Form.Item
        name="rooms"
        label="教室"
        extra="写法和时间安排表一致，输入一间按回车"
        rules={[{ required: true, type: 'array', min: 1, message: '至少一间教室' }]}
      >
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['、', ',', '，', ' ']} />
      </Form.Item>
      <CollectionDays />
    </>
  );
}

export function WindowFields() {
  return (
    <div className="fields">
      <Form.Item name="bookingOpensAt" label="开放" extra="到时自动开放；不填则由您手动开放">
        <MomentField />
      </Form.Item>
      <Form.Item name="bookingClosesAt" label="截止" extra="不填则开放到采集日零点">
        <MomentField />
      </Form.Item>
      <Form.Item name="announced" label="开放前公布时间表" valuePropName="checked">
        <Switch />
      </Form.Item>
    </div>
  );
}

export function FeeFields() {
  return (
    <>
      <Fees />
      <Form.Item name="feeBasis" label="收费依据" rules={needed}>
        <Input maxLength={60} placeholder="云教函[2013]165号" />
      </Form.Item>
    </>
  );
}

function CollectionDays() {
  return (
    <Form.List name="collectionDays" rules={[{ validator: atLeastOneDay }]}>
      {(days, { add, remove }, { errors }) => (
        <>
          {days.map(({ key, name }) => (
            <div className="sub-form" key={key}>
              <div className="fields">
                <Form.Item name={[name, 'day']} label="日期" rules={needed}>
                  <DayField />
                </Form.Item>
                <Remove what="这一天" onRemove={() => remove(name)} />
              </div>
              <Hours day={name} />
            </div>
          ))}
          <Add onAdd={() => add({ day: '', hours: [{ from: '08:30', to: '12:00' }] })}>加一个采集日</Add>
          <Form.ErrorList errors={errors} />
        </>
      )}
    </Form.List>
  );
}

const atLeastOneDay = (_: unknown, days: readonly unknown[] | undefined): Promise<void> =>
  days && days.length > 0 ? Promise.resolve() : Promise.reject(new Error('至少一个采集日'));

function Hours({ day }: { day: number }) {
  return (
    <Form.List name={[day, 'hours']}>
      {(spans, { add, remove }) => (
        <>
          {spans.map(({ key, name }) => (
            <div className="fields" key={key}>
              <Form.Item name={[name, 'from']} label="从" rules={needed}>
                <TimeField />
              </Form.Item>
              <Form.Item name={[name, 'to']} label="到" rules={needed}>
                <TimeField />
              </Form.Item>
              <Remove what="这段时间" onRemove={() => remove(name)} />
            </div>
          ))}
          <Add onAdd={() => add({ from: '13:00', to: '16:30' })}>加一段时间</Add>
        </>
      )}
    </Form.List>
  );
}

function Fees() {
  return (
    <Form.List name="feeItems">
      {(items, { add, remove }) => (
        <>
          {items.map(({ key, name }) => (
            <div className="fields" key={key}>
              <Form.Item name={[name, 'name']} label="项目" rules={needed}>
                <Input maxLength={30} />
              </Form.Item>
              <Form.Item
                name={[name, 'amountFen']}
                label="金额（元）"
                rules={needed}
                getValueProps={(fen: number) => ({ value: yuan(fen) })}
                normalize={fenOf}
              >
                <InputNumber<string> stringMode min="0" max="1000" step="0.5" precision={2} />
              </Form.Item>
              {items.length > 1 && <Remove what="这一项" onRemove={() => remove(name)} />}
            </div>
          ))}
          <Add onAdd={() => add({ code: newCode(), name: '', amountFen: undefined })}>加一项收费</Add>
        </>
      )}
    </Form.List>
  );
}

/** Orders and reports know an item by its code; people by its name. */
const newCode = (): string => `item_${crypto.randomUUID().slice(0, 8)}`;

const fenOf = (typed: string | null): number | undefined =>
  typed === null || typed === '' ? undefined : parseYuan(String(typed));

export function ContactFields() {
  return (
    <Form.List name="contacts">
      {(contacts, { add, remove }) => (
        <>
          {contacts.map(({ key, name }) => (
            <div className="fields" key={key}>
              <Form.Item name={[name, 'label']} label="名称" rules={needed}>
                <Input maxLength={30} placeholder="电话客服" />
              </Form.Item>
              <Form.Item name={[name, 'phone']} label="电话" rules={needed}>
                <Input maxLength={30} />
              </Form.Item>
              <Form.Item
                name={[name, 'hours']}
                label="时间"
                normalize={(typed: string) => typed || undefined}
              >
                <Input maxLength={60} placeholder="每天 9:00–18:00" />
              </Form.Item>
              <Remove what="这个电话" onRemove={() => remove(name)} />
            </div>
          ))}
          <Add onAdd={() => add({ label: '', phone: '' })}>加一个电话</Add>
        </>
      )}
    </Form.List>
  );
}

const Add = ({ onAdd, children }: { onAdd: () => void; children: string }) => (
  <Button type="dashed" icon={<PlusOutlined aria-hidden />} onClick={onAdd}>
    {children}
  </Button>
);

const Remove = ({ what, onRemove }: { what: string; onRemove: () => void }) => (
  <Button
    className="remove"
    type="text"
    icon={<DeleteOutlined />}
    aria-label={`删除${what}`}
    onClick={onRemove}
  />
);
