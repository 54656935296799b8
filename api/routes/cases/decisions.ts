/** GET /api/cases/:number/decisions */
import { z } from 'zod';
import { choice, fenOf, several, text, time, whole, words, yes } from '../../http/cells.ts';
import { addList } from '../../http/list.ts';
import { cut } from '../../http/cursor.ts';
import { emergenciesOf } from '../../../db/emergencies.ts';
import { note } from '../../../db/journal.ts';
import { exactTexts, signedDecisionsIn } from '../../../db/read/decisions.ts';
import { EVERY_EVENT, eventsOf } from '../../../db/read/events.ts';
import type { Described } from '../../http/describe.ts';
import { caseFor, mayReadPaper } from '../../http/find.ts';
import { pinnedPack } from '../../http/pack.ts';
import { me } from '../../plugins/auth.ts';
import { caseNumber } from '../../schemas/common.ts';
import { decisionWithText } from '../../schemas/decisions.ts';
import { emergencyView } from '../../view/emergency.ts';
import { DESK, SENT, SIGNED_IN_BY } from '../../view/codes.ts';
import { decisionView, textView } from '../../view/decision.ts';
import type { Routes } from '../routes.ts';

const described: Described = {
  id: 'listDecisions',
  tag: 'cases',
  summary: 'What people have put their name to in a case: printed name, time, meaning, exact text',
  problems: ['not-found', 'bad-cursor'],
  description:
    'In the order of the record; what was voided later stays, and says by what. Hashes of texts and of the record are reckoned again for the answer.',
};
const after = z.strictObject({ seq: z.number().int() });

export const decisionsRoute: Routes = async (app, deps) => {
  const { db, rules, clock } = deps;
  addList(app, deps, {
    url: '/api/cases/:number/decisions',
    said: described,
    file: { zh: '决定', en: 'decisions' },
    params: { number: caseNumber },
    cursor: after,
    item: decisionWithText,
    columns: {
      seq: whole('序号', 'event'),
      meaning: [],
      meaningLabel: words('含义', 'meaning'),
      on: [],
      onLabel: { zh: '事项', en: 'about', type: 'text', of: (label, { on }, { lang }) => label?.[lang] ?? on },
      printedName: text('签署姓名', 'printed name'),
      person: text('人员', 'person'),
      role: [],
      roleLabel: { zh: '岗位', en: 'role', type: 'text', of: (label, { role }, { lang }) => label?.[lang] ?? role },
      for: { zh: '代', en: 'for', type: 'text', of: (absent) => absent?.printedName ?? absent?.person },
      delegation: text('授权编号', 'delegation'),
      emergency: text('紧急授权编号', 'emergency grant'),
      signers: several('共同签署', 'signers'),
      at: time('决定时间', 'decided'),
      recordedAt: time('记录时间', 'recorded'),
      clause: text('条款', 'clause'),
      proposal: [
        { zh: '提案', en: 'proposal', type: 'text', of: (proposal) => proposal?.hash },
        { zh: '金额(元)', en: 'amount (yuan)', type: 'money', of: (proposal) => proposal?.amount && fenOf(proposal.amount) },
      ],
      lapsed: words('失效原因', 'voided'),
      desk: choice('受理途径', 'desk', DESK),
      sent: choice('送达方式', 'sent', SENT),
      past: yes('补录', 'of the past'),
      signIn: { zh: '登录方式', en: 'signed in by', type: 'text', of: (how, _, { lang }) => how && SIGNED_IN_BY[how.how]?.[lang] },
      record: [
        { zh: '散列值', en: 'hash', type: 'text', of: ({ hash }) => hash },
        { zh: '记录相符', en: 'record matches', type: 'boolean', of: ({ matches }) => matches },
      ],
      emergencyGrant: { zh: '紧急授权申请人', en: 'emergency grant asked by', type: 'text', of: (grant) => grant?.askedBy },
      text: { zh: '所决定的全文', en: 'exact text', type: 'text', of: (text) => text?.form && JSON.stringify(text.form) },
      said: { zh: '决定人填写', en: 'what the decider filled in', type: 'text', of: (text) => text?.form && JSON.stringify(text.form) },
    },
    page: async ({ request, params: { number }, limit, after: last, as }) => {
      const found = await caseFor(db, request, number);
      const rest = (await signedDecisionsIn(db, number, await eventsOf(db, number, 0, EVERY_EVENT), found.veil)).filter(
        ({ event }) => event.seq > (last?.seq ?? 0),
      );
      const { items, after: following } = cut(rest, limit, ({ event }) => ({ seq: event.seq }));
      const hashes = items
        .flatMap(({ text: of, said }) => [of, said])
        .filter((hash) => hash !== undefined)
        .filter((hash) => mayReadPaper(request, found, found.documents[hash]));
      const texts = await exactTexts(db, hashes);
      if (texts.size > 0) {
        const what = { case: number, documents: [...texts.keys()].join(' '), ...as };
        await note(db, { kind: 'read', at: clock(), person: me(request).person, what });
      }
      const pack = await pinnedPack(rules, found.state.pack.hash);
      const grants = items.some(({ event }) => event.actor?.emergency !== undefined) ? await emergenciesOf(db, number) : undefined;
      const grantOf = (id: string | undefined) => {
        const row = id === undefined ? undefined : grants?.get(id);
        return row === undefined ? null : emergencyView(row, clock());
      };
      return {
        items: items.map((made) => ({
          ...decisionView(made, pack, found.veil),
          emergencyGrant: grantOf(made.event.actor?.emergency),
          text: textView(made.text, texts),
          said: textView(made.said, texts),
        })),
        after: following,
      };
    },
  });
};
