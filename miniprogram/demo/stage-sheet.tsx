import { useEffect, useState } from 'react';
import type { MessageKind } from '../../shared/domain/messages';
import { type Question, stage } from './stage';

interface Asked {
  question: Question;
  answer(choice: string): void;
}

/** Plays what WeChat itself would show: its cashier, its photo chooser, its question about messages. */
export function StageSheet() {
  const [asked, setAsked] = useState<Asked | null>(null);
  useEffect(() => stage.show(setAsked), []);
  if (!asked) return null;
  const { question, answer } = asked;
  const { title, choices } = sceneOf(question);
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

function sceneOf(question: Question): Scene {
  switch (question.kind) {
    case 'cashier':
      return cashier(question);
    case 'photo':
      return photo(question);
    case 'messages':
      return messages(question);
  }
}

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

const MESSAGES: Record<MessageKind, string> = {
  opening: '预约开放提醒',
  booked: '预约成功通知',
  day_before: '采集前一天提醒',
  moved: '时间地点变更通知',
  refunded: '退款到账通知',
  photo_check: '照片核对提醒',
  announcement: '学校通知',
};

function messages({ asked }: Extract<Question, { kind: 'messages' }>): Scene {
  return {
    title: `“图采预约”申请发送一次以下消息：${asked.map((kind) => MESSAGES[kind]).join('、')}`,
    choices: [
      ['accept', '允许'],
      ['reject', '拒绝'],
    ],
  };
}
