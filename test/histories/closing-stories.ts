/** A case that waits for what its pack requires before it closes, as messages in real time. */
import { join } from 'node:path';
import { loadPackFile } from '../../packs/load.ts';
import type { Story } from './stories.ts';

const pack = loadPackFile(join(import.meta.dirname, '../scenarios/packs/closing.yaml'));

export const closingStories: readonly Story[] = [
  {
    name: 'closing-waits-for-what-the-pack-requires',
    inForce: pack,
    opening: { pack: pack.id, kind: 'other', by: 'recordsClerk', form: { channel: 'hotline' } },
    steps: [
      ['customerService', 'solution', { result: '已解决' }], ['caseHandler', 'route', { department: 'engineering' }], ['recordsClerk', 'customerTold', { how: '电话' }],
      ['customerService', 'finalPaymentOpinion', { opinion: 'pay', repairs: '已完成', cooperation: '良好' }], ['property', 'equipmentUse', { condition: 'good', use: '正常' }],
    ],
  },
];
