/**
 * A notice with the statements (and the mistakes) of the notice of 2023, in our own words, around its timetable: what the
 * office copies when it copies everything.
 */
export const noticeAround2023 = (table: string): string => `关于采集2023届本科毕业生图像的通知

一、对象：2023年6月毕业的本科生、第二学士学位学生，提前毕业的也在内。
二、时间和地点
1.采集时间：2022年11月19（上午8：30—12：00，下午13：00—16：30）
2.采集地点：逸夫楼
C区203、204、205、207教室
三、要求
1．请先在小程序预约。没有约成的，可以带第二代身份证原件来办理现场预约。
2．原则上只能在所属班级采集时间段采集；提前毕业的学生与同专业一起拍。
四、步骤：核对学籍信息，选择采集时间并付款。
五、补拍：可在2023年4月30日前到新闻信息中心。联系电话：0871-64094592
教务处
2022年11月14日
附件1：时间安排表
${table}
附件2：预约注意事项
信息有误，请在拍照前联系现场工作人员或电话客服。
身份证遗失的，到拍摄现场找工作人员现场预约。
`;
