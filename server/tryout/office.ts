import { DEMO_PASSWORD, firstApi, phase, seedDemo } from '../demo/seed';
import { layTodoScene } from '../demo/todo-scene';
import type { Tryout } from './tryout';

const STUDENTS = 300;

/** The queues of the day before, a caller, and a session that must move. */
export const office: Tryout = {
  title: '教务处：处理待办、接一个电话、调整一个时段',
  async prepare(stack) {
    const demo = await seedDemo(stack, STUDENTS);
    const scene = await layTodoScene(stack, demo);
    await stack.sandbox.setClock(phase('open'));
    const [caller] = scene.booked;
    if (!caller) throw new Error('the demo has no caller');
    return {
      story:
        '你是教务处的李老师。2023 届的采集批次已经开放预约，五类待办各来了一件；电话也响了。你熟悉 Excel，没看过说明书。',
      url: `${firstApi(stack)}/console`,
      atHand: [
        ['账号', `office，密码 ${DEMO_PASSWORD}`],
        ['同事周老师的账号（复核用）', `office2，密码 ${DEMO_PASSWORD}`],
        ['来电学生', `${caller.name}，学号 ${caller.studentNo}`],
        ['要安排的学生', `${scene.unmatched.name}，${scene.unmatched.major}，和“茶学”一起拍`],
      ],
      steps: [
        '把“待办”里的五件事各处理一件：证件、绑定冲突、信息更正、待缴（需要周老师批准）、没有时段的学生。',
        `${caller.name}来电：和实习冲突，想改到下午任意一个有名额的时段。`,
        'C区202 有一个已有人预约的时段要改到 C区207：先看影响到谁，再调整并告诉学生原因。',
        '把“未付款”的学生名单导出成 Excel。',
      ],
      done: [
        '左侧“待办”的红色数字消失',
        '来电学生的经过里有“代为改时段”',
        '“预约开始后的调整”里有一条',
        '得到一份 xlsx',
      ],
    };
  },
};
