/** A handful of entries for every register that all procedures share: invented, and enough to look around. */
import type { Db } from '../../db/database.ts';
import { putEntry } from '../../db/entries.ts';
import { latestEntry } from '../../db/read/entries.ts';
import { loadRegisters } from '../../packs/registers/load.ts';

type Body = Readonly<Record<string, unknown>>;

/** Registers in the order in which they name each other. */
export const demoEntries: readonly (readonly [register: string, ...entries: Body[]])[] = [
  [
    'departments',
    { code: 'XS', name: '销售部', aliases: [{ alias: '营销部' }], roles: [{ pack: 's3-cs19', role: 'sales' }] },
    { code: 'FW', name: '服务部', aliases: [{ alias: '客户服务部' }], roles: [{ pack: 's3-cs19', role: 'customerService' }] },
  ],
  ['people', { person: 'demo-service', department: 'FW', position: '服务主管', qualification: '售后服务管理师', groups: ['qualityWatch'] }],
  [
    'customers',
    { code: 'KH-0001', name: '王小明', telephone: '13800000001', standing: 'existing', kind: 'end', keyCustomer: true },
    {
      code: 'KH-0002',
      name: '海天商行',
      kind: 'dealer',
      standing: 'new',
      strength: '三家门店',
      licence: 'DEMO-LIC-2',
      licenceScope: '二类医疗器械',
      licenceUntil: '2030-12-31',
      contacts: [{ name: '周某', position: '采购', telephone: '13800000002' }],
      property: [{ what: '模具一套', receivedOn: '2026-03-01', condition: '完好' }],
      supports: ['reporting', 'registration', 'repair', 'recall'],
    },
  ],
  ['customerPapers', { customer: 'KH-0002', kind: 'businessLicence', number: 'DEMO-0002', checked: true }],
  [
    'products',
    { serial: 'SN-0001', name: '循环水泵', model: 'P-40', batch: '2026-05', soldOn: '2026-06-01', warrantyMonths: 24, lawfulMonths: 12, promised: ['installation', 'atHome', 'parts'], wasteNotice: '勿拆电池,送回就近网点。' }, // prettier-ignore
    { serial: 'SN-0002', name: '壁挂炉', model: 'B-20', batch: '2026-04', soldOn: '2026-05-10', warrantyMonths: 36 },
  ],
  [
    'orders',
    { number: 'DD-2026-0001', customer: 'KH-0001', orderedOn: '2026-05-20', items: [{ product: 'P-40', quantity: '1' }], address: '示例小区1幢101', payment: '货到付款', promisedDate: '2026-06-01', deliveredOn: '2026-06-01' }, // prettier-ignore
    { number: 'DD-2026-0002', customer: 'KH-0002', orderedOn: '2026-10-08', items: [{ product: 'B-20', quantity: '12' }], address: '示例路8号', payment: '月结30天', promisedDate: '2026-12-20', oral: true, confirmation: '10月9日邮件确认' }, // prettier-ignore
  ],
  [
    'installations',
    { order: 'DD-2026-0001', deliveredOn: '2026-06-01', installedOn: '2026-06-02', commissioned: true, customerTrained: true },
  ],
  ['estates', { code: 'demo-estate', name: '示例小区', property: '示例物业', firstDeliveredOn: '2025-06-30' }],
  ['buildings', { code: 'DEMO-1', estate: 'demo-estate', completedOn: '2025-05-31' }, { code: 'DEMO-2', estate: 'demo-estate' }],
  [
    'builders',
    { code: 'demo-builder', name: '示例建筑公司', buildings: ['DEMO-1', 'DEMO-2'].map((building) => ({ building, account: `retention:demo-builder:${building}` })) }, // prettier-ignore
  ],
  ['serviceRules', { title: '售后服务手册', edition: '2026', scope: '全部产品', functions: '受理、维修、回访', organisation: '服务部及网点', operation: '按程序', inForceFrom: '2026-01-01' }], // prettier-ignore
  ['informationNotes', { from: 'XS', to: 'FW', about: 'goods', content: '客户反映密封圈老化', improvement: '更换材质' }],
  [
    'certificates',
    { number: 'DEMO-ZS-1', scheme: 'GB/T 27922', body: '示例认证中心', scope: '水泵售后服务', from: '2025-01-01', until: '2027-12-31' },
  ],
  ['certificationNotices', { body: '示例认证中心', means: 'web', changed: 'scheme', change: '新版认证方案', noticedOn: '2026-09-01', transitionUntil: '2027-09-01', certificate: 'DEMO-ZS-1' }], // prettier-ignore
  ['standardisation', { standard: '水泵售后服务规范', level: 'trade', part: '提出修订意见', on: '2026-04-16' }],
  ['staffTraining', { topic: '产品知识', on: '2026-05-06', person: 'demo-service', passed: true, next: '2027-05-06' }],
  ['parts', { code: 'BJ-0001', name: '密封圈', quality: '合格证', stock: '40', supplyDays: 3 }],
  ['disposals', { what: '旧水泵', quantity: '2', way: 'recycled', rule: '废弃电器回收规定', receiver: '示例回收公司', on: '2026-06-03' }],
  ['packagingChecks', { product: 'SN-0001', whole: true, safe: true, portable: true, on: '2026-05-28' }],
  ['goodsChecks', { product: 'SN-0001', law: true, standard: true, named: '产品质量法、企业标准', on: '2026-05-28' }],
];

/** Puts in what is missing; what is there stays as people have changed it. */
export async function putEntries(db: Db): Promise<void> {
  const registers = loadRegisters();
  for (const [register, ...bodies] of demoEntries) {
    const def = registers.get(register)!;
    for (const [i, body] of bodies.entries()) {
      const id = def.key === undefined ? undefined : String(body[def.key]);
      if (id !== undefined && (await latestEntry(db, register, id)) !== undefined) continue;
      await putEntry(db, { def, body, person: 'demo', at: Date.now(), key: `demo/${register}/${i}` });
    }
  }
}
