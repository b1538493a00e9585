export const code = {
  title: '预约二维码',
  hint: '把屏幕对着工作人员的手机',
  bright: '已调到最亮，离开后恢复',
  rotating: '二维码会自动更新，截图无效',
  fixed: '没有网络：这是采集当天有效的备用码',
  none: '现在没有可用的二维码',
  noneText: '预约成功后，二维码会出现在首页。',
  alternative: '扫不出来？出示身份证原件也可以。',
};
