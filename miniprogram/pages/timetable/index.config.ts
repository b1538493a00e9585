export default definePageConfig({
  navigationBarTitleText: '查时间表',
});
