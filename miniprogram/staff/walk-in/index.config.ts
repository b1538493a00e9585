export default definePageConfig({
  navigationBarTitleText: '现场预约',
});
