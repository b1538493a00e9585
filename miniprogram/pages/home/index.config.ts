export default definePageConfig({
  navigationBarTitleText: '图采预约',
  enablePullDownRefresh: true,
});
