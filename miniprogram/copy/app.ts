import type { HomeView } from '../services/types';

export const app = {
  app: { name: '图采预约', loading: '正在加载' },
  actions: {
    back: '返回',
    backHome: '回到首页',
    tryAgain: '再试一次',
    close: '关闭',
    next: '下一步',
    call: '拨打',
    copied: '已复制',
  },
  track: {
    verify: '认证',
    confirm: '确认',
    book: '预约',
    pay: '支付',
    collect: '采集',
  } satisfies Record<HomeView['track'][number]['step'], string>,
  trainings: { undergraduate: '本科', top_up: '专升本', second_degree: '第二学士学位' },
  graduations: { regular: '应届毕业', early: '提前毕业' },
  documents: {
    resident_id: '居民身份证',
    residence_permit: '港澳台居民居住证',
    hk_macao_permit: '港澳居民来往内地通行证',
    taiwan_permit: '台湾居民来往大陆通行证',
    passport: '护照',
  },
  errors: {
    noNetwork: '网络不通，刚才的操作没有确认成功。已填的内容都在，联网后再试。',
    gateway: '服务暂时没有回应，已填的内容都在，请稍后再试。',
    fault: '这一步没有成功，已填的内容都在，请再试一次。',
    pageNotLoaded: '页面没有打开，请检查网络后再点一次',
    pageFailed: '这个页面出了点问题',
    nothingLost: '预约和付款都保存在学校的服务器上，不会因此丢失。',
    reference: (requestId: string) => `联系客服时请报编号 ${requestId}`,
    offlineShowing: '没有网络，显示的是上次的内容',
  },
};
