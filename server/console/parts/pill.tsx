export type Tone = 'good' | 'warn' | 'bad' | 'brand' | 'calm';

/** A state in one or two words; its colours can be read (4.5 : 1). */
export const Pill = ({ tone, children }: { tone: Tone; children: string }) => (
  <span className={`pill is-${tone}`}>{children}</span>
);
