/** Approve and reject of one version at the same moment, ten thousand times: one of them holds, the other is told that it came second. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { EDITION } from '../../domain/case/edition.ts';
import { tierFor } from '../../domain/approval.ts';
import { openTasks } from '../../domain/case/state.ts';
import type { AnyEvent } from '../../domain/case/event.ts';
import type { Refusal } from '../../domain/errors.ts';
import { loadCalendar, loadPack } from '../../packs/load.ts';
import { Case } from '../../workflows/kit/case.ts';
import type { Outcome } from '../../workflows/kit/decide.ts';
import { Journal } from '../../workflows/kit/journal.ts';
import { judge } from '../../workflows/kit/judge.ts';
import { Mailbox } from '../../workflows/kit/mailbox.ts';
import type { Message, OpenCase } from '../../workflows/kit/messages.ts';

const PAIRS = process.env['REDRESS_FULL'] === '1' ? 50_000 : 10_000;
const SEED = Number(process.env['REDRESS_SEED'] ?? 20_261_125);

const { rules } = loadPack('s3-cs19');
const calendar = loadCalendar('cn');
const table = rules.tiers['estimate']!;
const OPENED = Date.UTC(2026, 0, 5, 1);
const HASH = 'a'.repeat(64);

interface Pair {
  readonly amount: number;
  /** Which link of the chain they race for; those before it have approved. */
  readonly link: number;
  readonly approvesFirst: boolean;
  /** Both are of one person, or of two who hold the role. */
  readonly alone: boolean;
  readonly byHash: boolean;
  readonly apartMs: number;
}
const pair: fc.Arbitrary<Pair> = fc.record({
  amount: fc.integer({ min: 1, max: 5_000_000 }),
  link: fc.nat({ max: 1 }),
  approvesFirst: fc.boolean(),
  alone: fc.boolean(),
  byHash: fc.boolean(),
  apartMs: fc.constantFrom(0, 0, 1, 1_000),
});

/** A case whose only business is one decision: the kit's own mailbox, judge, journal and tasks. */
class Bench {
  readonly events: AnyEvent[] = [];
  readonly outcome: Promise<Outcome>;
  private readonly journal = new Journal(() => undefined);
  private readonly mailbox = new Mailbox(() => this.events.push(...this.journal.take()));
  private readonly case: Case;

  constructor(amount: number) {
    const opening: Message = {
      key: 'open',
      step: 'open',
      facts: {},
      actor: { person: 'clerk', roles: [] },
      occurredAt: OPENED,
      receivedAt: OPENED,
    };
    const input: OpenCase = { number: 'CS19-2026-000001', kind: 'repair', rules, calendar, opening, messageCap: 1_000, edition: EDITION };
    this.case = new Case(input, this.journal, this.mailbox);
    this.journal.because({ occurredAt: OPENED, recordedAt: OPENED, key: 'open' });
    const { id, version, hash } = rules;
    const { number, kind } = input;
    this.journal.emit('opened', {
      number,
      kind,
      facts: {},
      pack: { id, version, hash },
      calendar: { id: calendar.id, version: calendar.version },
    });
    this.outcome = this.case.decide({ name: 'estimate', amount, sum: amount, hash: HASH, by: ['surveyor'], tier: tierFor(table, amount) });
  }

  get open() {
    return openTasks(this.journal.state);
  }

  judge(message: Message): Refusal | undefined {
    return judge(message, {
      state: this.journal.state,
      rules,
      calendar,
      now: message.receivedAt,
      full: false,
      edition: EDITION,
      ruledOut: (step) => this.case.ruledOut(step),
      lacking: () => this.case.lacking('close'),
      guard: (task, answer) => this.case.guard(task, answer),
    });
  }

  /** As a case takes an update: its turn comes, it is judged, and what follows from it happens before the next one's. */
  say(message: Message): Promise<Refusal | undefined> {
    return this.mailbox.run(async () => {
      const refusal = this.judge(message);
      if (refusal !== undefined) return refusal;
      const { occurredAt, receivedAt, key } = message;
      this.journal.because({ occurredAt, recordedAt: receivedAt, key });
      this.case.take(message);
      await drained();
      return undefined;
    });
  }
}

/** All promises that can have run have run. */
const drained = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function race({ amount, link, approvesFirst, alone, byHash, apartMs }: Pair): Promise<'approve' | 'reject'> {
  const bench = new Bench(amount);
  const { chain } = tierFor(table, amount);
  const message = (decision: 'approve' | 'reject', person: string, at: number): Message => {
    const [task] = bench.open;
    if (task === undefined) throw new Error('nobody is asked');
    const version = byHash ? { proposalHash: HASH } : { version: 1 };
    const facts = { decision, ...version, ...(decision === 'reject' ? { reason: true } : {}) };
    const when = OPENED + 3_600_000 + at;
    return { key: `${decision}-${person}-${at}`, step: task.step, facts, actor: { person, roles: task.by }, occurredAt: when, receivedAt: when, signature: 'f'.repeat(64) }; // prettier-ignore
  };
  const before = Math.min(link, chain.length - 1);
  for (let i = 0; i < before; i += 1) expect(await bench.say(message('approve', `earlier-${i}`, i - 100))).toBeUndefined();

  const approve = message('approve', 'one', approvesFirst ? 0 : apartMs);
  const reject = message('reject', alone ? 'one' : 'other', approvesFirst ? apartMs : 0);
  const both = approvesFirst ? [approve, reject] : [reject, approve];
  // Each by itself would be taken: what decides between them is their turn alone.
  expect(both.map((one) => bench.judge(one))).toEqual([undefined, undefined]);
  const [first, second] = await Promise.all(both.map((one) => bench.say(one)));
  expect(first).toBeUndefined();
  expect(second).toMatchObject({ code: 'task-closed' });

  const winner = approvesFirst ? 'approve' : 'reject';
  const decided = bench.events.filter((event) => event.kind === 'decided' && event.data.act === chain[before]!.act);
  expect(decided).toMatchObject([{ key: both[0]!.key, data: { decision: winner }, actor: { person: both[0]!.actor.person } }]);
  expect(bench.events.filter(({ key }) => key === both[1]!.key)).toEqual([]);
  const isLast = before === chain.length - 1;
  if (winner === 'reject') expect(await bench.outcome).toBe('rejected');
  else if (isLast) expect(await bench.outcome).toBe('approved');
  else expect(bench.open.map(({ step }) => step)).toEqual([`estimate.${chain[before + 1]!.act}`]);
  return winner;
}

test(
  `${PAIRS.toLocaleString('en')} racing pairs of approve and reject: one winner each, the other is refused with task-closed`,
  { timeout: PAIRS * 12 },
  async () => {
    const won = { approve: 0, reject: 0 };
    await fc.assert(
      fc.asyncProperty(pair, async (one) => {
        won[await race(one)] += 1;
      }),
      { numRuns: PAIRS, seed: SEED },
    );
    expect(won.approve + won.reject).toBe(PAIRS);
    expect(Math.min(won.approve, won.reject)).toBeGreaterThan(PAIRS / 4);
  },
);
