import { DEMO_SCHOOL, noticeTableText } from '../demo/notice-2023';
import { noticeAround2023 } from '../demo/notice-around';
import { DEMO_HEADCOUNT } from '../demo/roster';
import { createOwners, createStudents, DEMO_PASSWORD, firstApi, phase } from '../demo/seed';
import { rosterWithUnmatched, UNMATCHED } from '../demo/todo-scene';
import { xlsxBytes } from '../platform/tables/write-xlsx';
import { layOfficeWork, TOGETHER } from './office-work';
import type { Tryout } from './tryout';

/** From the notice and an Excel file to an open campaign, and then a day of the office. */
export const office: Tryout = {
  title: '教务处：从通知到开放预约，再处理当天的事',
  async prepare(stack) {
    await stack.sandbox.setClock(phase('before'), true);
    await createOwners(stack);
    const students = await createStudents(stack.sandbox, DEMO_HEADCOUNT);
    const roster = await asWorkbook(rosterWithUnmatched(students));
    return {
      story:
        '你是教务处的李老师。学校今天发了毕业生图像采集的通知，你要照它建好批次，十分钟之内开放预约；' +
        '开放以后，学生的事会一件件来。你熟悉 Excel，没看过说明书。',
      url: `${firstApi(stack)}/console`,
      atHand: [
        ['账号', `office，密码 ${DEMO_PASSWORD}`],
        ['学籍部门', `${DEMO_SCHOOL.registryOffice}，电话客服 0871-00000002`],
        ['收费', '拍摄费 15 元，上网信息网页制作费 15 元，依据 云教函[2013]165号'],
        ['采集', '2022-11-19，逸夫楼 C区202、203、204、207'],
        ['预约截止', '2022-11-18 22:00'],
        ['补拍', '昆明市新闻信息中心，2023-04-30 止，0871-64094592，caiji@example.com，地铁 3号线'],
        ['教务处周老师（免缴由她批准）', `office2，密码 ${DEMO_PASSWORD}`],
        ['财务处王会计、赵主管（款项由他们两人处理）', `finance1、finance2，密码 ${DEMO_PASSWORD}`],
        ['不在时间表上的学生', `${UNMATCHED.name}，${UNMATCHED.major}，和“${TOGETHER}”一起拍`],
      ],
      papers: [
        {
          what: '通知全文（打开，全选，复制）',
          fileName: '通知.txt',
          content: noticeAround2023(noticeTableText()),
        },
        { what: '学籍系统导出的名单', fileName: '毕业生名单.xlsx', content: roster },
      ],
      steps: [
        '新建批次，按步骤做到开放预约：时间安排表把通知整篇贴进去，名单上传 Excel。',
        '等命令行说“学生来了”，把“待办”里的每一类各处理一件：证件、绑定冲突、信息更正、待缴、没有时段的学生。',
        '请财务两位同事把“款项”里的四件处理完：等审批的、卡住的、存疑的、对不上的。',
        `“${TOGETHER}”有一名学生来电：和实习冲突，改到别的有名额的时段。`,
        `“${TOGETHER}”的教室停电，整个时段改到 C区301：先看影响到谁，再调整并告诉学生原因。`,
        '把“未付款”的学生名单导出成 Excel。',
      ],
      done: [
        '十分钟内显示“已开放预约”',
        '左侧“待办”的红色数字消失，财务的也消失',
        '来电学生的经过里有“代为改时段”',
        '“预约开始后的调整”里有一条',
        '得到一份 xlsx',
      ],
    };
  },
  async meanwhile(stack) {
    await layOfficeWork(stack);
    return '学生来了：待办里已经有事在等。';
  },
};

async function asWorkbook(csv: string): Promise<Buffer> {
  const [headings = '', ...lines] = csv.split('\n');
  const columns = headings.split(',').map((title) => ({ title }));
  return xlsxBytes([{ name: '毕业生名单', columns, rows: lines.map((line) => line.split(',')) }]);
}
