export default definePageConfig({
  navigationBarTitleText: '其他证件',
});
