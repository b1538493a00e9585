export default definePageConfig({
  navigationBarTitleText: '拍摄队列',
});
