export default definePageConfig({
  navigationBarTitleText: '采集须知',
});
