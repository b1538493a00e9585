import { useQuery, useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react';
import { type DemoClock, openDemoClock } from './demo-clock';

interface Now {
  now: Date;
  /** Only where the sandbox keeps the time. */
  demo: Pick<DemoClock, 'phases' | 'moveTo' | 'phone'> | null;
}

const NowContext = createContext<Now>({ now: new Date(), demo: null });

export const useNow = (): Date => useContext(NowContext).now;
export const useDemo = () => useContext(NowContext).demo;

const TICK_MS = 15_000;

/** The service's time: this computer's, or in a demonstration the demo clock's. */
export function NowProvider({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const { data: clock } = useQuery({
    queryKey: ['demo-clock'],
    queryFn: openDemoClock,
    refetchInterval: (query) => (query.state.data ? TICK_MS : false),
  });
  const [at, setAt] = useState(Date.now);
  useEffect(() => {
    const ticking = setInterval(() => setAt(Date.now()), TICK_MS);
    return () => clearInterval(ticking);
  }, []);

  const moveTo = async (instant: string) => {
    await clock?.moveTo(instant);
    await queries.invalidateQueries();
  };
  const now = new Date(Math.max(at, clock?.readAt ?? 0) + (clock?.offsetMs ?? 0));
  return (
    <NowContext.Provider
      value={{ now, demo: clock ? { phases: clock.phases, phone: clock.phone, moveTo } : null }}
    >
      {children}
    </NowContext.Provider>
  );
}
