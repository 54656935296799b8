/** The dossier of a case: everything its record says, on paper, with what proves it. */
import { TOLD } from '../../domain/case/told-words.ts';
import { tellings } from '../../domain/case/told.ts';
import type { CaseFile } from '../case/case-file.ts';
import type { CasePrint } from '../case/form.ts';
import { decisionsOn, textsDecidedOn } from '../case/decisions.ts';
import { sayRoles } from '../case/parts.ts';
import { limitName, personName, sayActor, stepName } from '../case/words.ts';
import { sayKind, saySeverity, sayStatus } from '../forms/case-block.ts';
import { sayInstant } from '../kit/say.ts';
import type { Block } from '../kit/sheet.ts';
import { clockBlocks } from './clocks.ts';
import { sayEvent, sayTimes } from './event-words.ts';

export const dossierPrint: CasePrint = {
  id: 'dossier',
  title: '案卷',
  en: 'case dossier',
  clause: '',
  parts: [
    { blocks: cover },
    { blocks: timeline },
    { blocks: clockBlocks },
    { blocks: (file) => decisionsOn(undefined, '四、审核与审批', file) },
    { blocks: textsDecidedOn },
    { blocks: documents },
    { blocks: attachments },
    { blocks: notices },
    { blocks: deliveries },
    { blocks: clauseIndex },
  ],
};

function cover(file: CaseFile): readonly Block[] {
  const { state, pack, rows, stamp } = file;
  return [
    { kind: 'heading', text: '一、封面' },
    {
      kind: 'pairs',
      pairs: [
        { label: '统一编号', value: state.number },
        { label: '类别', value: sayKind(file) },
        { label: '程序文件', value: pack === undefined ? state.pack.id : pack.title.zh, wide: true },
        { label: '版本', value: `${state.pack.id} ${state.pack.version}` },
        { label: '日历', value: `${state.calendar.id} ${state.calendar.version}` },
        { label: '版本散列值', value: state.pack.hash, wide: true },
        { label: '等级', value: saySeverity(file) },
        { label: '轮次', value: String(state.round) },
        { label: '状态', value: sayStatus(file) },
        { label: '受理时间', value: sayInstant(state.openedAt) },
        { label: '办结时间', value: state.closedAt === undefined ? '' : sayInstant(state.closedAt) },
        { label: '记录条数', value: String(rows.length) },
        { label: '超时', value: `${state.breaches} 次` },
        { label: '升级', value: `${state.escalations} 次` },
        { label: '末条记录散列值', value: stamp.hash, wide: true },
      ],
    },
  ];
}

function timeline(file: CaseFile): readonly Block[] {
  return [
    { kind: 'heading', text: '二、经过' },
    {
      kind: 'grid',
      head: ['序号', '发生时间', '记录时间', '事项', '人员（岗位）', '条款'],
      widths: [6, 20.5, 20.5, 28, 16, 9],
      whole: true,
      size: 7.5,
      rows: file.rows.map((row) => {
        const { event, forged } = row;
        const said = `${sayEvent(event, file)}${forged === null ? '' : '（伪称经受理台，不作数）'}`;
        return [String(event.seq), ...sayTimes(event), said, sayActor(row, file), (event.clause ?? '').replace('proposal', '（设定）')];
      }),
    },
  ];
}

/** Filed forms with the hash of their text; a step answered again files another version. */
function documents(file: CaseFile): readonly Block[] {
  if (file.filed.length === 0) return [];
  const versions = new Map<string, number>();
  return [
    { kind: 'heading', text: '五、单据' },
    {
      kind: 'grid',
      head: ['序号', '单据', '版次', '提交人（岗位）', '散列值'],
      widths: [7, 24, 7, 22, 40],
      whole: true,
      rows: file.filed.map(({ step, hash, row }) => {
        const version = (versions.get(step) ?? 0) + 1;
        versions.set(step, version);
        return [String(row.event.seq), stepName(step, file), String(version), sayActor(row, file), hash];
      }),
    },
  ];
}

/** Stored files, by the hash of their bytes; what was withdrawn after the print's last event is not marked. */
function attachments(file: CaseFile): readonly Block[] {
  if (file.attached.length === 0) return [];
  return [
    { kind: 'heading', text: '附件' },
    {
      kind: 'grid',
      head: ['时间', '文件', '字节', '附加人', '散列值'],
      widths: [20, 24, 9, 13, 34],
      whole: true,
      rows: file.attached.map(({ at, name, size, person, hash, withdrawn_at: withdrawn }) => [
        sayInstant(at.getTime()),
        `${name}${withdrawn !== null && (!file.stamp.issued || withdrawn.getTime() <= file.stamp.at) ? '（已撤回）' : ''}`,
        String(size),
        personName(person, file),
        hash,
      ]),
    },
  ];
}

function notices(file: CaseFile): readonly Block[] {
  const told = tellings(file.rows.map(({ event }) => event));
  if (told.length === 0) return [];
  return [
    { kind: 'heading', text: '六、告知' },
    {
      kind: 'grid',
      head: ['时间', '告知何人', '事由'],
      widths: [24, 34, 42],
      whole: true,
      rows: told.map(({ at, roles, clock, task, what, kind }) => [
        sayInstant(at),
        sayRoles(roles, file),
        aboutOf({ clock, task, what, kind }, file),
      ]),
    },
  ];
}

const RESULTS: Readonly<Record<string, string>> = {
  sent: '已送达',
  failed: '被拒收',
  'given-up': '多次未成，已放弃',
  stuck: '多次未成，仍在重试',
};

/** Noted where notices are sent: no part of the hash chain, and without an address. */
function deliveries({ number, delivered }: CaseFile): readonly Block[] {
  if (delivered.length === 0) return [];
  return [
    { kind: 'heading', text: '通知送达（取自发送登记，不在记录链内）' },
    {
      kind: 'grid',
      head: ['时间', '渠道', '送达何人', '记录序号', '结果'],
      widths: [24, 18, 18, 16, 24],
      whole: true,
      rows: delivered.map(({ sent_at: sent, tried_at: tried, channel, person, told, status }) => [
        sayInstant((sent ?? tried)!.getTime()),
        channel,
        person ?? '本渠道',
        told.filter((one) => one.case === number && one.seq > 0).map(({ seq }) => String(seq)).join('、'), // prettier-ignore
        RESULTS[status] ?? status,
      ]),
    },
  ];
}

const KINDS: Readonly<Record<string, string>> = {
  warned: '到期前预警',
  notified: '超时告知',
  escalated: '超时升级',
  digested: '停摆后一并告知',
  reminded: '提醒',
  'clock-excused': '更正告知',
  nudged: '催办',
};

function aboutOf(
  { clock, task, what, kind }: { clock?: string | undefined; task?: string | undefined; what?: string | undefined; kind: string },
  file: CaseFile,
): string {
  const of =
    clock === undefined
      ? task === undefined
        ? what === undefined
          ? ''
          : (TOLD[what]?.zh ?? what)
        : stepName(base(task), file)
      : limitName(base(clock), file);
  return kind in KINDS ? `${KINDS[kind]}：${of}` : of;
}

const base = (id: string): string => id.slice(0, id.lastIndexOf('#'));

/** Which records carry out which clause, for whoever audits by the text. */
function clauseIndex(file: CaseFile): readonly Block[] {
  const seqs = new Map<string, number[]>();
  for (const { event } of file.rows) {
    for (const clause of (event.clause ?? '').split(',').map((one) => one.trim())) {
      if (clause !== '') seqs.set(clause, [...(seqs.get(clause) ?? []), event.seq]);
    }
  }
  if (seqs.size === 0) return [];
  const rows = [...seqs].toSorted(([a], [b]) => a.localeCompare(b, 'en', { numeric: true }));
  return [
    { kind: 'heading', text: '七、条款索引' },
    {
      kind: 'grid',
      head: ['条款', '记录序号'],
      widths: [30, 70],
      rows: rows.map(([clause, at]) => [clause === 'proposal' ? '（制度未规定，按包内设定）' : clause, at.join('、')]),
    },
  ];
}
