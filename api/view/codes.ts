/** What people read for the codes that the API itself knows: in files, where nobody looks a code up. */
import type { Said } from '../../sheets/table.ts';

const said = (zh: string, en: string): Said => ({ zh, en });

export const CASE_STATUS = { open: said('未办结', 'open'), closed: said('已办结', 'closed') };
/** How a case ended early, or that it did not. */
export const CASE_ENDS: Readonly<Record<string, Said>> = {
  completed: said('办结', 'completed'),
  withdrawn: said('客户撤回', 'withdrawn by the customer'),
  duplicate: said('重复案件', 'a duplicate'),
  'opened-in-error': said('误开注销', 'opened in error'),
  cancelled: said('系统取消', 'cancelled'),
};
export const BORNE_BY = { company: said('公司', 'the company'), replenishment: said('待补足周转金', 'finance, by replenishing') };
export const JOB_KINDS = { calendar: said('日历', 'calendar'), rebase: said('改按新规则', 'newer rules') };
export const JOB_STATUS = {
  asked: said('已提出', 'asked for'),
  previewing: said('预览中', 'being looked at'),
  previewed: said('待确认', 'waits for its confirmation'),
  confirmed: said('已确认', 'confirmed'),
  running: said('执行中', 'running'),
  done: said('已完成', 'done'),
  cancelled: said('已取消', 'cancelled'),
};
export const ITEM_STATUS = {
  due: said('待处理', 'due'),
  changed: said('已变更', 'changed'),
  unchanged: said('无变化', 'unchanged'),
  skipped: said('已跳过', 'skipped'),
  refused: said('已拒绝', 'refused'),
};
export const DELIVERY_STATUS: Readonly<Record<string, Said>> = {
  waiting: said('待发送', 'waiting'),
  sent: said('已发送', 'sent'),
  stuck: said('受阻,继续重试', 'stuck, goes on trying'),
  failed: said('失败,待修正设置', 'failed, until the settings are mended'),
};
export const CUSTOMER_WORDS = {
  solved: said('已解决', 'solved'),
  'not-solved': said('未解决', 'not solved'),
  message: said('留言', 'message'),
  photos: said('照片', 'photos'),
  survey: said('满意度', 'survey'),
  consent: said('延期答复', 'answer to a later time'),
};
export const PACK_STANDING = {
  proposed: said('待审批', 'proposed'),
  scheduled: said('待生效', 'scheduled'),
  active: said('生效中', 'active'),
  superseded: said('已被取代', 'superseded'),
  withdrawn: said('已停用', 'withdrawn'),
  rejected: said('已否决', 'rejected'),
};
export const LABEL_DECISIONS = { approve: said('同意', 'approved'), reject: said('不同意', 'rejected') };
export const DESK = {
  sealed: said('经受理台', 'through the desk'),
  past: said('未经受理台', 'past the desk'),
  forged: said('冒充受理台', 'claims to be the desk'),
};
export const SENT = { update: said('更新', 'update'), signal: said('信号', 'signal') };
export const SIGNED_IN_BY: Readonly<Record<string, Said>> = {
  password: said('密码', 'password'),
  link: said('一次性链接', 'one-time link'),
  oidc: said('身份提供方', 'provider'),
  token: said('令牌', 'token'),
};
export const SCOPE_NAMES: Readonly<Record<string, Said>> = {
  read: said('读取', 'read'),
  act: said('办理', 'act'),
  administer: said('管理', 'administer'),
  decode: said('解密', 'decode'),
};
export const ENTRY_ACTS: Readonly<Record<string, Said>> = {
  written: said('登记', 'written'),
  submit: said('提交', 'submitted'),
  review: said('审核', 'reviewed'),
  approve: said('批准', 'approved'),
  reject: said('退回', 'rejected'),
  withdraw: said('撤销', 'withdrawn'),
};
export const JOINT_KINDS = {
  roles: said('授予岗位', 'roles'),
  link: said('一次性链接', 'one-time link'),
  identity: said('关联身份', 'identity at the provider'),
  erasure: said('删除个人信息', 'erasure'),
};
export const JOINT_STATUS = {
  waiting: said('待确认', 'waiting'),
  confirmed: said('已确认', 'confirmed'),
  refused: said('已拒绝', 'refused'),
  'taken-back': said('已撤回', 'taken back'),
  over: said('已过期', 'over'),
};
