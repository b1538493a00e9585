export default definePageConfig({
  navigationBarTitleText: '预约二维码',
});
