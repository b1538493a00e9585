import { groupBankCard } from '../../shared/domain/bank-card';
import { firstApi, phase, seedDemo } from '../demo/seed';
import type { Tryout } from './tryout';

const STUDENTS = 30;

/** From the first opening to the QR, and back to the money. */
export const student: Tryout = {
  title: '学生：从收到通知到拿到二维码',
  async prepare(stack) {
    const demo = await seedDemo(stack, STUDENTS);
    await stack.sandbox.setClock(phase('open'));
    const [me] = demo.students;
    if (!me) throw new Error('the demo has no student');
    const { person } = me;
    return {
      story:
        `你是${me.college}${me.major}专业的毕业生${me.name}。班群里刚转来学校的通知：毕业证照片统一采集，` +
        '先在小程序里预约。你没见过这个小程序，右手拿着手机。',
      // A link that names a person begins with a phone that has never opened the app.
      url: `${firstApi(stack)}/?person=${encodeURIComponent(person.id)}`,
      atHand: [
        ['身份证', `${me.name}，${person.idNumber}（拍照时选“样本身份证”）`],
        ['储蓄卡', `${person.bankName} ${groupBankCard(person.bankCard)}`],
        ['银行预留手机号', person.phone],
        ['学号', me.studentNo],
      ],
      steps: [
        '完成第一次登录，确认学籍信息，约上自己班的时段并付款。',
        '找到到时候要出示的二维码。',
        '计划有变：取消预约，看钱退回来没有。',
      ],
      done: ['首页出现二维码、教室和列队时间', '“我的订单与退款”里显示已退款 30.00 元'],
    };
  },
};
