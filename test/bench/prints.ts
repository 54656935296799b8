/** CPU time of a dossier: 200 events, 33 deadlines with their reasons, 33 decisions, 67 documents; one process, no server. */
import type { AnyEvent, EventData, EventKind } from '../../domain/case/event.ts';
import { fold } from '../../domain/case/reduce.ts';
import { dueOf } from '../../domain/deadline.ts';
import { HOUR_MS, parseBeijing } from '../../domain/time.ts';
import { loadCalendar, loadPack } from '../../packs/load.ts';
import type { CaseFile } from '../../print/case/case-file.ts';
import { dossierPrint } from '../../print/dossier/dossier.ts';
import { printFile } from '../../print/print-case.ts';

const ROUNDS = 33;
const TIMES = 5;

/** The slowest of five, each set anew; the first reads the face, too. */
export async function timeDossier() {
  const file = longCase();
  let slowest = 0;
  for (let at = 0; at < TIMES; at++) {
    const began = process.cpuUsage();
    await printFile(file, dossierPrint, undefined);
    const { user, system } = process.cpuUsage(began);
    slowest = Math.max(slowest, (user + system) / 1_000_000);
  }
  return { dossierCpuSeconds: slowest, dossierEvents: file.rows.length };
}

function longCase(): CaseFile {
  const pack = loadPack('s3-cs19');
  const calendar = loadCalendar('cn');
  const number = 'CS19-2026-000001';
  const began = parseBeijing('2026-03-02 09:00');
  const hash = (n: number): string => n.toString(16).padStart(64, '0123456789abcdef');
  const rule = pack.rules.limits['approval']!;
  const events: AnyEvent[] = [];
  const tell = <K extends EventKind>(kind: K, data: EventData[K], person?: string): void => {
    const seq = events.length + 1;
    const at = began + seq * HOUR_MS;
    const actor = person === undefined ? {} : { actor: { person, role: 'serviceManager' } };
    events.push({ seq, kind, occurredAt: at, recordedAt: at + 60_000, clause: '3.6.1', ...actor, data } as AnyEvent);
  };
  tell(
    'opened',
    { number, kind: 'repair', facts: {}, pack: { id: pack.id, version: pack.version, hash: pack.hash }, calendar, documentHash: hash(0) },
    'clerk',
  );
  for (let n = 1; n <= ROUNDS; n++) {
    const startAt = began + (events.length + 1) * HOUR_MS;
    const clock = `approval#${n}`;
    const proposal = { name: 'estimate', version: n, hash: hash(n), amount: 80_000 };
    const { dueAt, provisional } = dueOf(rule, startAt, calendar);
    tell('proposed', { ...proposal, tier: 'upTo1000', chain: [{ act: 'approve', role: 'serviceManager' }], by: ['leader'] }, 'leader');
    tell('clock-started', { clock, limit: 'approval', hardness: 'hard', ladder: 'approval', startAt, dueAt, provisional });
    tell('task-opened', { task: `estimate.approve#${n}`, step: 'estimate.approve', by: ['serviceManager'], from: startAt, clock });
    tell('submitted', { task: `estimate.approve#${n}`, step: 'estimate.approve', facts: {}, documentHash: hash(1000 + n) }, 'manager');
    tell(
      'decided',
      { proposal, act: 'approve', decision: n < ROUNDS ? 'reject' : 'approve', reasonGiven: true, documentHash: hash(1000 + n) },
      'manager',
    );
    tell('clock-met', { clock });
  }
  tell('closed', { reason: 'completed' });
  const state = fold(events);
  const rows = events.map((event) => ({ event, hash: hash(event.seq), name: '王晓敏', forName: null, forged: null }));
  return {
    number,
    state,
    pack,
    rows,
    filed: rows.flatMap((row) =>
      row.event.kind === 'submitted'
        ? [{ step: row.event.data.step, hash: hash(1000), form: { reason: '金额与工程量不符，请重新核算。' }, row }]
        : [],
    ),
    decisions: [],
    texts: new Map(),
    names: new Map(),
    workOrders: [],
    attached: [],
    posted: undefined,
    delivered: [],
    under: () => ({ seq: 0, pack, calendar }),
    stamp: { number, seq: state.seq, hash: hash(1), at: began, issued: false, of: 'case' },
  };
}
