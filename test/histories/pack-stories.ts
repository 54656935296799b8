/** Every branch of a pack's approval and of its emergency withdrawal. */
import { createHash } from 'node:crypto';
import type { Pack } from '../../domain/pack.ts';
import { loadPack } from '../../packs/load.ts';
import { surveyWithin } from '../support/versions.ts';
import type { Story } from './stories.ts';

const sha = (text: string): string => createHash('sha256').update(text, 'utf8').digest('hex');

function draft(pack: Pack) {
  const body = JSON.stringify(pack);
  const form = { pack: pack.id, version: pack.version, hash: pack.hash, content: sha(body), reason: '试行' };
  return { form, attached: [{ hash: sha(body), body }] };
}

const opening = (form: Record<string, unknown>, kind: string, by: string) => ({ pack: 's1-eval', kind, by, form });
const proposal = (pack: Pack) => ({ ...opening(draft(pack).form, 'packChange', 'serviceDepartment'), attached: draft(pack).attached });
const decided = (act: 'review' | 'approve', version: number, decision: 'approve' | 'reject' = 'approve') =>
  [act === 'review' ? 'manager' : 'generalManager', `pack.${act}`, { decision, version, ...(decision === 'reject' ? { reason: '不妥' } : {}) }] as const;

const [first, second] = [surveyWithin('1.1.0', 2), surveyWithin('1.1.1', 3)];
const shipped = loadPack('s3-cs19-demo');

export const packStories: readonly Story[] = [
  {
    name: 'pack-rejected-revised-and-in-force',
    opening: proposal(first),
    steps: [
      decided('review', 1), decided('approve', 1, 'reject'), ['serviceDepartment', 'pack', draft(second).form, { attached: draft(second).attached }],
      decided('review', 2), decided('approve', 2), ['serviceDepartment', 'changeApplication', { file: true, note: '涉及' }],
      ['serviceDepartment', 'changeApplicationFiled', { change: 'service', evidence: '回执' }],
    ],
  },
  {
    name: 'pack-in-force-and-assessed',
    opening: proposal(surveyWithin('1.4.0', 6)),
    steps: [
      decided('review', 1), decided('approve', 1), ['serviceDepartment', 'changeApplication', { file: true, note: '涉及' }],
      ['serviceDepartment', 'changeApplicationFiled', { change: 'effect', evidence: '回执' }], ['serviceDepartment', 'changeAssessed', { accepted: false, assessment: '须核查' }],
      ['serviceDepartment', 'certificateUpdated', { measure: 'other', evidence: '通知' }],
    ],
  },
  { name: 'pack-draft-taken-back', opening: proposal(surveyWithin('1.2.0', 4)), steps: [decided('review', 1), ['serviceDepartment', 'withdraw', { reason: '不再需要', evidence: '纪要' }]] },
  { name: 'pack-draft-without-its-text', opening: { ...proposal(surveyWithin('1.3.0', 5)), attached: [] }, steps: [] },
  {
    name: 'pack-withdrawn-in-an-emergency',
    opening: opening({ pack: shipped.id, version: shipped.version, hash: shipped.hash, reason: '有误' }, 'packWithdrawal', 'generalManager'),
    steps: [['serviceDepartment', 'changeApplication', { file: false, note: '不涉及证书' }]],
  },
];
