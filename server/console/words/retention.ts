import type { RetentionReport } from '../../../shared/contract/privacy';

export const PHOTO_NAMES: Readonly<Record<RetentionReport['photos'][number]['kind'], string>> = {
  id_front: '身份证人像面',
  id_back: '身份证国徽面',
  evidence: '人工审核的其他证件',
  proof: '申请更正的证明',
};

export const CONSENT_NAMES: Readonly<Record<string, string>> = {
  id_photo: '身份证照片处理',
  bank_check: '银行卡核验',
  portrait: '图像采集与学籍注册',
};

export const IDENTITY_NAMES: readonly { status: keyof RetentionReport['identities']; name: string }[] = [
  { status: 'verified', name: '已通过' },
  { status: 'unverified', name: '未核验，现场看原件' },
  { status: 'manual_review', name: '等待人工审核' },
  { status: 'onsite_only', name: '转现场办理' },
  { status: 'none', name: '还没有认证，或已删除' },
];
