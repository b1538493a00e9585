export default definePageConfig({
  navigationBarTitleText: '预约补拍',
});
