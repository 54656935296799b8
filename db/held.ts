/**
 * How the record holds each table, so that `redress audit verify` names what somebody changed past the application. What stands outside
 * says why; every table stands here once.
 *
 * - `chain`: its own hash chain, or it is recomputed from one.
 * - `proof`: its rows have proofs (`row_proof`), kept by a trigger: a chain for each thing that `by` names, or for one of 256 parts of the
 *   table; `named` tells a row from the others.
 * - `outside`: not part of the record, and why.
 */
export type Held =
  | { readonly chain: string; readonly except?: Readonly<Record<string, string>> }
  | { readonly proof: { readonly by: string; readonly named: string } }
  | { readonly outside: string };

const proof = (by: string, named: string): Held => ({ proof: { by, named } });
const projection = 'made of the events, and held against them by `redress reconcile`';
const state = 'says who may come in now; each change of it by the application stands in the journal of people';
const passing = 'comes and goes with a login or a request, and proves nothing';
const work = 'how far a job has come; what it did stands in the cases and entries';
const index = 'an index of entries: what it finds is opened and compared';

export const held: Readonly<Record<string, Held>> = {
  absence: proof('person', 'id'),
  account: { outside: state },
  api_token: { outside: state },
  attachment: proof('case_number,register,entry_id', 'id'),
  audit: proof('id', 'id'),
  audit_issue: proof('audit', 'audit'),
  audit_mark: proof('audit', 'ordinal'),
  bulk_item: { outside: work },
  bulk_job: { outside: work },
  calendar_version: proof('id', 'version'),
  case_file: { outside: projection },
  clock: { outside: projection },
  consent_request: proof('case_number', 'id'),
  customer_word: proof('case_number', 'id'),
  delegation: proof('principal', 'id'),
  delegation_end: proof('delegation', 'delegation'),
  delivery: { outside: 'a queue: what was to be told stands in the events' },
  document: { chain: 'its text has the hash that an event names', except: { stored_at: 'when it was received stands in the event' } },
  document_label: proof('case_number', 'hash'),
  dossier: proof('case_number', 'case_number'),
  draft: { outside: 'not filed yet' },
  duty: { outside: "the release's own table; a test holds it against the application's" },
  duty_act: { outside: 'made of the events; it refuses, and proves nothing' },
  effect_receipt: proof('case_number', 'effect,ordinal'),
  emergency_ask: proof('case_number', 'id'),
  emergency_end: proof('ask', 'ask'),
  emergency_grant: proof('ask', 'ask'),
  emergency_review: proof('ask', 'ask'),
  entry: {
    chain: 'it says what its versions and acts say',
    except: { search_text: index, places: 'where those places lie is worked out anew whenever an entry of them changes' },
  },
  entry_act: proof('register,id', 'ordinal'),
  entry_gram: { outside: index },
  entry_key: { outside: index },
  entry_pass: proof('register,entry_id', 'ordinal'),
  entry_ref: { outside: index },
  entry_version: { chain: 'each version is chained to the one before' },
  erasure: proof('subject', 'ordinal'),
  event: { chain: 'each event is chained to the one before' },
  file: proof('person', 'id'),
  forgery: proof('case_number', 'key'),
  inbox: { outside: 'a queue before the record; the desk seals what it sends' },
  issued_print: proof('case_number', 'print,ordinal'),
  journal: { chain: 'each entry is chained to the one before' },
  joint_act: proof('asked_by', 'id'),
  joint_act_end: proof('joint_act', 'joint_act'),
  label_change: proof('record', 'id'),
  ledger_account: proof('id', 'id'),
  ledger_entry: proof('account', 'id'),
  ledger_shortfall: proof('account', 'id'),
  oidc_identity: proof('person', 'id'),
  oidc_login: { outside: passing },
  one_time_link: { outside: state },
  outbox: { outside: projection },
  pack_base: { outside: 'drawn from the packs' },
  pack_version: proof('id', 'hash'),
  person: { outside: 'the names that people have borne are held in person_name' },
  person_clearance: { outside: state },
  person_contact: { outside: state },
  person_name: proof('person', 'ordinal'),
  person_role: { outside: state },
  rate_count: { outside: passing },
  register_counter: { outside: 'gives the next number; a number that is taken is refused' },
  register_import: { outside: work },
  register_import_fault: { outside: work },
  register_index: { outside: work },
  request_answer: { outside: passing },
  rollup: { outside: projection },
  row_proof: { chain: 'each proof is chained to the one before' },
  second_administrator: proof('person', 'person'),
  session: { outside: passing },
  sign_in_door: { outside: passing },
  signing: proof('', 'key'),
  subject_key: {
    outside: 'a key that is changed opens nothing, and what it sealed is said to be altered; one that is erased has an erasure',
  },
  task: { outside: projection },
  tracking_link: { outside: passing },
  work_order: proof('case_number', 'number'),
};

/** Tables whose rows have proofs. */
export const proved: readonly (readonly [table: string, by: string, named: string])[] = Object.entries(held).flatMap(([table, how]) =>
  'proof' in how ? [[table, how.proof.by, how.proof.named] as const] : [],
);
