import { Steps } from 'antd';
import { type ReactNode, useState } from 'react';
import { Check } from './check';
import { Commit } from './commit';
import { Source } from './source';
import type { Checked, Kind, Opened } from './steps';

const TITLES = ['上传或粘贴', '核对列和问题', '确认变化并写入'];

/**
 * A table in three steps; before the last nothing is written.
 *
 * @param children what else may be done as long as no table is at hand
 */
export function ImportTable({ kind, children }: { kind: Kind; children?: ReactNode }) {
  const [opened, setOpened] = useState<Opened | null>(null);
  const [checked, setChecked] = useState<Checked | null>(null);
  const again = () => {
    setOpened(null);
    setChecked(null);
  };
  const step = checked ? 2 : opened ? 1 : 0;
  return (
    <div className="stack">
      <Steps
        className="import-steps"
        size="small"
        current={step}
        items={TITLES.map((title, index) => ({ title, disabled: index >= step }))}
        onChange={(to) => {
          if (to === 0) again();
          else setChecked(null);
        }}
      />
      {!opened && <Source kind={kind} onOpened={setOpened} />}
      {!opened && children}
      {opened && (
        // Kept while the changes are looked at, so that going back finds the columns as they were chosen.
        <div hidden={checked !== null} className="stack">
          <Check key={opened.import.id} opened={opened} onNext={setChecked} onAgain={again} />
        </div>
      )}
      {opened && checked && (
        <Commit opened={opened} checked={checked} onBack={() => setChecked(null)} onAgain={again} />
      )}
    </div>
  );
}
