import { useEffect, useState } from 'react';
import { type Question, stage } from './stage';

interface Asked {
  question: Question;
  answer(choice: string): void;
}

/** Plays what WeChat itself would show: its cashier, its photo chooser. */
export function StageSheet() {
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => stage.show(setAsked), []);
  if (!asked) return null;
  const { question, answer } = asked;
  const { title, choices } = question.kind === 'cashier' ? cashier(question) : photo(question);
  return (
    <div className="demo-cover">
      <div className="demo-sheet" role="dialog" aria-label={title}>
        <small>演示 · 代替微信</small>
        <strong className="demo-title">{title}</strong>
        {choices.map(([choice, label]) => (
          <button
            type="button"
            className="demo-button"
            key={choice}
            data-choice={choice}
            onClick={() => answer(choice)}
          >
            {label}
          </button>
        ))}
      </div>
    </div>
  );
}

type Scene = { title: string; choices: readonly (readonly [string, string])[] };

function cashier({ payer }: Extract<Question, { kind: 'cashier' }>): Scene {
  return {
    title: `微信支付收银台（付款人 ${payer}）`,
    choices: [
      ['pay', '确认支付'],
      ['cancel', '取消支付'],
      ['fail', '支付失败'],
    ],
  };
}

function photo({ holder, what }: Extract<Question, { kind: 'photo' }>): Scene {
  const side = what === 'id_back' ? '国徽面' : '人像面';
  return {
    title: '选择照片',
    choices: [
      ['specimen', `使用${holder}的样本身份证（${side}）`],
      ['file', '从这台电脑选择文件'],
      ['cancel', '取消'],
    ],
  };
}
