import { ClockCircleOutlined, DownOutlined } from '@ant-design/icons';
import { useMutation } from '@tanstack/react-query';
import { Button, Dropdown } from 'antd';
import { useComplain } from '../parts/complain';
import { useMenuButton } from '../parts/use-menu-button';
import { stamp } from '../words/format';
import { useDemo, useNow } from './now';

/** In a demonstration: what time it is there, and the way to another moment. */
export function DemoSwitch() {
  const now = useNow();
  const demo = useDemo();
  const complain = useComplain();
  const { button, menu } = useMenuButton();
  const move = useMutation({
    mutationFn: (at: string) => demo?.moveTo(at) ?? Promise.resolve(),
    onError: complain,
  });
  if (!demo) return null;
  return (
    <Dropdown
      {...menu}
      trigger={['click']}
      menu={{
        items: demo.phases.map(({ label, at }) => ({
          key: at,
          label: (
            <span className="demo-phase">
              {label}
              <span className="faint">{stamp(at)}</span>
            </span>
          ),
        })),
        onClick: ({ key }) => move.mutate(key),
      }}
    >
      <Button
        ref={button}
        className="demo-switch"
        icon={<ClockCircleOutlined aria-hidden />}
        loading={move.isPending}
      >
        演示时钟 {stamp(now)}
        <DownOutlined aria-hidden />
      </Button>
    </Dropdown>
  );
}
