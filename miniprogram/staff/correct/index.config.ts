export default definePageConfig({
  navigationBarTitleText: '更正信息',
});
