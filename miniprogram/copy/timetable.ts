export const timetable = {
  title: '查时间表',
  placeholder: '输入专业，比如：茶学',
  lead: '不用登录就能查。同一专业有多行时，看培养类型和学院。',
  found: (total: number) => `找到 ${total} 个时段`,
  none: (words: string) => `没有找到“${words}”`,
  noneText: '换个说法试试，比如只输入前两个字。还是没有，请问学院教务老师。',
  lineUp: (time: string) => `${time} 列队`,
};
