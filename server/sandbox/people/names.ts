/** Surnames and given-name characters common enough that a roster of specimens looks like one. */
const SURNAMES = [
  ...'李王张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文普刀',
];

const GIVEN = {
  男: [...'伟强磊洋勇军杰涛超明刚平辉鹏华飞鑫波斌宇浩凯健俊帆帅旭宁龙林欢阳建亮成畅翔博昊轩哲瀚睿铭泽楷航'],
  女: [...'芳娜敏静丽艳娟霞秀燕玲桂丹萍红玉兰洁梅琳雪晶倩婷璐颖蕾薇菲雯瑶佳怡欣悦妍涵诗梦琪月婉清若曦紫'],
} as const;

/** Names that break forms: rare characters, one- and five-character names, compound surnames, dots, great length. */
const RARE = [
  { name: '李䶮', nation: '汉' },
  { name: '欧阳若曦', nation: '汉' },
  { name: '司马相宜', nation: '汉' },
  { name: '赵㛃', nation: '汉' },
  { name: '迪丽努尔·买买提', nation: '维吾尔' },
  { name: '阿卜杜热合曼·阿卜杜克热木江', nation: '维吾尔' },
  { name: '尉迟瓒', nation: '汉' },
  { name: '王一', nation: '汉' },
  { name: '次仁旺姆', nation: '藏' },
  { name: '诸葛翀霄', nation: '汉' },
  { name: '吉克阿依莫', nation: '彝' },
  { name: '玉香罕', nation: '傣' },
];
const RARE_EVERY = 40;

const NATIONS = ['汉', '汉', '汉', '汉', '汉', '汉', '汉', '彝', '白', '哈尼', '傣', '壮', '苗', '回'];

type Draw = <T>(choices: readonly T[]) => T;

/** A name and nation for the specimen with this number; every fortieth is one of the difficult ones. */
export function nameFor(index: number, sex: '男' | '女', draw: Draw): { name: string; nation: string } {
  if (index % RARE_EVERY === RARE_EVERY - 1) {
    const rare = RARE[Math.floor(index / RARE_EVERY) % RARE.length];
    if (rare) return rare;
  }
  const length = draw([1, 2, 2, 2]);
  const given = Array.from({ length }, () => draw(GIVEN[sex])).join('');
  return { name: `${draw(SURNAMES)}${given}`, nation: draw(NATIONS) };
}
