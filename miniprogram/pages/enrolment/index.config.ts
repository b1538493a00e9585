export default definePageConfig({
  navigationBarTitleText: '学籍信息',
});
