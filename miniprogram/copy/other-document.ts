export const otherDocument = {
  title: '其他证件',
  lead: '拍下证件有照片和号码的页面，教务处核对后即可预约，一般一个工作日内。',
  type: '证件类型',
  name: '姓名（与证件一致）',
  number: '证件号码',
  photo: '证件照片',
  addPhoto: '拍照或选择',
  secondPhoto: '再加一张（可选）',
  added: '已上传',
  consent: '同意上传证件照片',
  consentDetail: '只供教务处核对身份，核对后删除，最多保留 7 天。',
  submit: '提交核对',
};
