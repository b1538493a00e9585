import { SignInForm } from './sign-in-form';

const STEPS = [
  ['导入', '粘贴通知里的时间安排表和学生名单，先看清每一处问题再写入'],
  ['当天', '每间教室的应到、签到、已拍一目了然，现场手机一码一机'],
  ['收尾', '未拍的统一退款，两人复核；微信账单逐笔核对，一分不差'],
] as const;

export function SignInPage() {
  return (
    <main className="sign-in">
      <section className="sign-in-story">
        <p className="sign-in-mark">图采预约</p>
        <h1>毕业生图像采集，从一张通知到最后一分钱</h1>
        <ol>
          {STEPS.map(([title, text]) => (
            <li key={title}>
              <strong>{title}</strong>
              <span>{text}</span>
            </li>
          ))}
        </ol>
      </section>
      <section className="sign-in-desk">
        <div className="sign-in-card">
          <h2>管理后台</h2>
          <p className="soft">教务、财务、审计、学院和客服从这里登录</p>
          <SignInForm />
          <p className="faint">账号由学校教务处开通；连续输错 5 次会锁定 15 分钟。</p>
        </div>
      </section>
    </main>
  );
}
