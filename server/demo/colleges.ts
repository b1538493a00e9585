/**
 * A college for every major of the demo campaign. The notice names only three (国际学院, 水利学院, 建工学院); all the others are
 * invented for the demonstration, after how such schools are usually divided.
 */
const MAJORS_BY_COLLEGE: Readonly<Record<string, readonly string[]>> = {
  茶学院: ['茶学'],
  大数据学院: ['计算机科学与技术', '数据科学与大数据技术', '网络工程', '电子信息工程', '信息管理与信息系统'],
  动物科学技术学院: ['草业科学', '动物科学', '蜂学', '水产养殖学'],
  动物医学院: ['动物医学', '动植物检疫'],
  食品科学技术学院: ['粮食工程', '葡萄与葡萄酒工程', '食品科学与工程', '食品质量与安全'],
  植物保护学院: ['森林保护', '植物保护', '生物技术'],
  资源与环境学院: [
    '农业资源环境',
    '环境工程',
    '环境科学',
    '生态学',
    '土地资源管理',
    '自然地理与资源环境',
    '水土保持与荒漠化防治',
  ],
  体育学院: ['体育教育', '社会体育指导与管理'],
  机电工程学院: [
    '车辆工程',
    '电气工程及其自动化',
    '机械电子工程',
    '机械设计制造及其自动化',
    '能源与动力工程',
    '农业机械化及其自动化',
  ],
  水利学院: ['农业水利工程', '水利水电工程', '水文与水资源工程', '土地整治工程', '土木工程'],
  建工学院: [
    '土木工程（建筑工程）',
    '城乡规划',
    '给排水科学与工程',
    '工程管理',
    '工程造价',
    '建筑环境与能源应用工程',
    '建筑学',
    '农业建筑环境与能源工程',
  ],
  国际学院: ['农林经济管理（中外合作办学项目）', '土木工程（中外合作办学项目）', '汉语国际教育'],
  理学院: ['化学生物学', '数学与应用数学', '应用化学'],
  农学院: ['农学', '中草药栽培与鉴定', '中药资源与开发', '种子科学与工程'],
  烟草学院: ['香料香精技术与工程', '烟草'],
  园林园艺学院: ['风景园林', '环境设计', '园林', '园艺'],
  经济管理学院: ['经济学', '农林经济管理', '投资学', '电子商务', '酒店管理', '旅游管理'],
  人文社会科学学院: ['社会工作', '行政管理', '公共事业管理', '秘书学'],
  外语学院: ['翻译', '泰语', '英语', '越南语'],
};

const COLLEGE_OF = new Map(
  Object.entries(MAJORS_BY_COLLEGE).flatMap(([college, majors]) => majors.map((major) => [major, college])),
);

/**
 * @param majorKey see `majorKey` in shared/domain/majors
 * @throws RangeError for a major that the demo does not have
 */
export function collegeOf(majorKey: string): string {
  const college = COLLEGE_OF.get(majorKey);
  if (college === undefined) throw new RangeError(`the demo has no college for ${majorKey}`);
  return college;
}
