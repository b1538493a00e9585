export default definePageConfig({
  navigationBarTitleText: '订单与退款',
});
