import { Pool } from 'undici';
import type { Contract, ContractKey } from '../../shared/contract';
import type { Request, Response } from '../../shared/contract/endpoint';
import type { CashierRequest } from '../demo/sandbox-client';
import { inTurn } from './in-turn';

/** The service or WeChat said no. */
export class Refused extends Error {
  override readonly name = 'Refused';

  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(`${status} ${code}`);
  }
}

type Call = <K extends ContractKey>(
  key: K,
  request: Partial<Request<Contract[K]>>,
) => Promise<Response<Contract[K]>>;

/** Phones on as few connections and with as little work each as may be: the processors are the service's. */
export interface Callers {
  /** Whoever carries this token. Methods throw Refused, or another error when nobody answers or no process is up. */
  as(token: string): Call;
  /** WeChat's cashier. */
  cashier(visit: CashierRequest): Promise<unknown>;
  /** Whatever is under way is given up; who calls afterwards hears the same error, of undici's: ClientDestroyedError. */
  close(): Promise<void>;
}

/**
 * @param apis where the processes are that are up now: each call goes to the one with the fewest under way, as a load
 *   balancer sends it, without the work of one more process on the way
 */
export function openCallers(
  { apis, control }: { apis: () => readonly string[]; control: string },
  connections: number,
): Callers {
  const pools = new Map<string, Pool>();
  const poolOf = (url: string): Pool => {
    const pool = pools.get(url) ?? new Pool(url, { connections, pipelining: 1 });
    pools.set(url, pool);
    return pool;
  };
  const sandbox = poolOf(control);
  let turn = 0;
  const service = (): Pool => {
    const up = apis().map(poolOf);
    turn += 1;
    const [first, ...others] = inTurn(up, turn);
    if (!first) throw new Error('no API process is up');
    return others.reduce((best, other) => (underWay(other) < underWay(best) ? other : best), first);
  };
  return {
    as: (token) => async (key, request) => {
      const { params = {}, body } = request as { params?: Record<string, string>; body?: unknown };
      const [method = 'GET', path = ''] = key.split(' ');
      const filled = path.replace(/:(\w+)/g, (_, name: string) => params[name] ?? '');
      return send(service(), method, filled, body, { authorization: `Bearer ${token}` });
    },
    cashier: (visit) => send(sandbox, 'POST', '/pay/cashier', visit),
    async close() {
      await Promise.all([...pools.values()].map((pool) => pool.destroy()));
    },
  };
}

const underWay = ({ stats }: Pool): number => stats.running + stats.pending + stats.queued;

async function send<T>(
  pool: Pool,
  method: string,
  path: string,
  given: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const { statusCode, body } = await pool.request({
    method: method === 'GET' ? 'GET' : 'POST',
    path,
    headers: given === undefined ? headers : { ...headers, 'content-type': 'application/json' },
    ...(given === undefined ? {} : { body: JSON.stringify(given) }),
  });
  const answer = (await body.json()) as T & { error?: { code?: string } };
  if (statusCode >= 400) throw new Refused(statusCode, answer.error?.code ?? '');
  return answer;
}
