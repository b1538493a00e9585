import { App } from 'antd';
import type { ContractKey } from '../../../shared/contract';
import type { ErrorCode } from '../../../shared/contract/errors';
import { useWrite } from './hooks';
import type { AnswerOf } from './send';

interface Dialog<K extends ContractKey> {
  /** What is said when it is done. */
  done: string | ((answer: AnswerOf<K>) => string);
  onClose: () => void;
  /** Refusals after which the question makes no sense any more. CHANGED_MEANWHILE goes without saying. */
  endedBy?: readonly ErrorCode[];
}

/** The write of a dialog that asks once: it closes when that is done, and when what it asked about is no longer so. */
export function useDialogWrite<K extends ContractKey>(key: K, { done, onClose, endedBy = [] }: Dialog<K>) {
  const { message } = App.useApp();
  return useWrite(key, {
    onDone(answer) {
      message.success(typeof done === 'string' ? done : done(answer));
      onClose();
    },
    onRefused({ code }) {
      if (code === 'CHANGED_MEANWHILE' || endedBy.includes(code)) onClose();
      return false;
    },
  });
}
