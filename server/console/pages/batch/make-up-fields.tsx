import { Checkbox, Form, Input, Select, Switch } from 'antd';
import { DayField, TimeField } from '../../parts/date-fields';
import { BookableField } from './bookable-field';

const needed = [{ required: true, message: '请填写' }];
const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];
const FROM_MONDAY = [1, 2, 3, 4, 5, 6, 0];

/** Where and until when whoever was not photographed can make up for it. */
export function MakeUpFields() {
  return (
    <>
      <Form.Item name={['makeUp', 'bookable']} label="补拍方式">
        <BookableField />
      </Form.Item>
      <div className="fields">
        <Form.Item name={['makeUp', 'deadline']} label="截止日期" rules={needed}>
          <DayField />
        </Form.Item>
        <Form.Item name={['makeUp', 'phone']} label="电话" rules={needed}>
          <Input maxLength={30} />
        </Form.Item>
        <Form.Item
          name={['makeUp', 'email']}
          label="邮箱"
          rules={[...needed, { type: 'email', message: '请填写完整的邮箱地址' }]}
        >
          <Input maxLength={60} />
        </Form.Item>
      </div>
      <Form.Item name={['makeUp', 'place']} label="地点" rules={needed}>
        <Input maxLength={120} placeholder="图像采集单位的详细地址" />
      </Form.Item>
      <Form.Item name={['makeUp', 'weekdays']} label="星期" rules={needed}>
        <Checkbox.Group options={FROM_MONDAY.map((value) => ({ value, label: `周${WEEKDAYS[value]}` }))} />
      </Form.Item>
      <Form.List name={['makeUp', 'hours']}>
        {(spans) =>
          spans.map(({ key, name }) => (
            <div className="fields" key={key}>
              <Form.Item name={[name, 'from']} label="从" rules={needed}>
                <TimeField />
              </Form.Item>
              <Form.Item name={[name, 'to']} label="到" rules={needed}>
                <TimeField />
              </Form.Item>
            </div>
          ))
        }
      </Form.List>
      <Form.Item name={['makeUp', 'closedOnPublicHolidays']} label="法定节假日休息" valuePropName="checked">
        <Switch />
      </Form.Item>
      <div className="fields">
        <Form.Item name={['makeUp', 'metro']} label="地铁" rules={needed}>
          <Input maxLength={60} placeholder="没有就写“无”" />
        </Form.Item>
        <Form.Item name={['makeUp', 'busLines']} label="公交线路" extra="输入一路按回车">
          <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['、', ',', '，', ' ']} />
        </Form.Item>
        <Form.Item name={['makeUp', 'parking']} label="停车" rules={needed}>
          <Input maxLength={80} placeholder="没有就写“无”" />
        </Form.Item>
      </div>
      <Form.Item name={['makeUp', 'notes']} label="其他说明" extra="一条按一次回车">
        <Select mode="tags" open={false} suffixIcon={null} tokenSeparators={['\n']} />
      </Form.Item>
    </>
  );
}
