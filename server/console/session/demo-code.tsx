import { useQuery } from '@tanstack/react-query';
import { Button } from 'antd';
import { useDemo } from '../demo/now';
import { useUser } from './use-session';

const EVERY_MS = 1_000;

/** In a demonstration: the phone of the person at the console, with what its authenticator shows. */
export function DemoCode({ onFill }: { onFill: (code: string) => void }) {
  const demo = useDemo();
  const { login } = useUser();
  const { data: shown } = useQuery({
    queryKey: ['demo-phone', login],
    queryFn: () => demo?.phone.show(login) ?? null,
    enabled: demo !== null,
    retry: false,
    refetchInterval: EVERY_MS,
  });
  if (!shown) return null;
  return (
    <div className="demo-phone" role="note" aria-label="演示手机">
      <span className="faint">演示手机上的验证器</span>
      <strong className="number">{`${shown.code.slice(0, 3)} ${shown.code.slice(3)}`}</strong>
      <span className="faint number">还有 {shown.secondsLeft} 秒</span>
      <Button size="small" onClick={() => onFill(shown.code)}>
        填入
      </Button>
    </div>
  );
}
