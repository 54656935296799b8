/** The people of the demo company. All are invented; whoever has such a name is not meant. */
export interface DemoPerson {
  readonly person: string;
  readonly name: string;
  readonly roles: readonly string[];
  /** Roles in the approval of packs (s1-eval). */
  readonly governance?: readonly string[];
  /** A role in the pack of another procedure. */
  readonly elsewhere?: { readonly pack: string; readonly role: string };
  /** Looks after the installation: loads calendars. */
  readonly administrator?: true;
}

/** Two in customer service: whoever draws something up does not decide it. */
export const demoPeople: readonly DemoPerson[] = [
  { person: 'zhou-ning', name: '周宁', roles: ['generalManager'], governance: ['generalManager'] },
  { person: 'he-yuan', name: '何远', roles: ['deputyGeneralManager'] },
  { person: 'tao-jing', name: '陶静', roles: ['generalManagerOffice'] },
  { person: 'shen-ke', name: '沈科', roles: ['deputyChiefEngineer'] },
  { person: 'lu-heng', name: '陆衡', roles: ['legalCentre'] },
  { person: 'chen-yu', name: '陈钰', roles: ['customerService'], governance: ['serviceDepartment'] },
  { person: 'jiang-lan', name: '江岚', roles: ['customerService'] },
  { person: 'xu-qing', name: '许晴', roles: ['serviceManager'], governance: ['manager'] },
  { person: 'bai-lu', name: '白露', roles: ['serviceOffice'] },
  { person: 'fang-yi', name: '方逸', roles: ['officeDirector'] },
  { person: 'su-wen', name: '苏雯', roles: ['recordsClerk'] },
  { person: 'wu-fan', name: '吴帆', roles: ['caseHandler'] },
  { person: 'qin-mu', name: '秦牧', roles: ['sales'] },
  { person: 'gu-xi', name: '顾曦', roles: ['design'] },
  { person: 'yan-lei', name: '严磊', roles: ['engineering'] },
  { person: 'meng-jie', name: '孟洁', roles: ['finance'] },
  { person: 'tang-che', name: '唐澈', roles: ['auditDepartment'] },
  { person: 'ye-hui', name: '叶慧', roles: ['humanResources'] },
  { person: 'luo-an', name: '罗安', roles: ['property'] },
  { person: 'ding-bo', name: '丁博', roles: ['repairTeam'] },
  { person: 'shi-gang', name: '石岗', roles: ['teamLeader'] },
  { person: 'jin-sheng', name: '金晟', roles: ['builder'] },
  { person: 'li-nuan', name: '黎暖', roles: ['customer'] },
  { person: 'an-ran', name: '安然', roles: [], administrator: true },
  { person: 'kang-le', name: '康乐', roles: ['externalRelations'] },
];
