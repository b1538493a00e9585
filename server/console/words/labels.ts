import type { CampaignView } from '../../../shared/contract/campaigns';
import type { Role } from '../../../shared/contract/endpoint';
import type { Tone } from '../parts/pill';

type Phase = CampaignView['phase'];

export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  student: '学生',
  staff: '现场',
  office: '教务处',
  college: '学院',
  support: '客服',
  finance: '财务',
  auditor: '审计',
  operator: '运维',
};

export const PHASE_NAMES: Readonly<Record<Phase, string>> = {
  draft: '筹备中',
  announced: '已公布',
  open: '预约中',
  closed: '预约已截止',
  collecting: '采集中',
  over: '采集结束',
  settled: '已结清',
};

export const PHASE_TONES: Readonly<Record<Phase, Tone>> = {
  draft: 'calm',
  announced: 'brand',
  open: 'good',
  closed: 'warn',
  collecting: 'brand',
  over: 'calm',
  settled: 'calm',
};
