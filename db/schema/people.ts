/** Who signs in, and by what. */
import type { Generated } from 'kysely';
import type { MaybeStamp, Stamp } from './column.ts';

export interface PersonTable {
  id: string;
  name: string;
}

export interface PersonRoleTable {
  person: string;
  pack_id: string;
  role: string;
  /** `<register>/<id>`; empty = for all places. */
  place: Generated<string>;
}

export interface ApiTokenTable {
  /** SHA-256 of the token, hex. */
  hash: string;
  person: string;
  created_at: Generated<Date>;
  /** Names it without giving it away. */
  id: Generated<string>;
  name: Generated<string>;
  scopes: Generated<string[]>;
  /** Null = without end: only those of a time before ends. */
  ends_at: MaybeStamp;
  used_at: MaybeStamp;
  ended_at: MaybeStamp;
}

export interface AccountTable {
  person: string;
  /** argon2id, in its own text form. */
  password_hash: string;
  changed_at: Stamp;
  /** For ever, when an administrator has shut it. */
  locked_until: MaybeStamp;
}

export interface SignInDoorTable {
  person: string;
  /** `browser:` and a hash, `address:` and a keyed hash, `session:` and its id, or `strange`: all that are not known together. */
  door: string;
  /** Wrong passwords since the last right one. */
  failures: number;
  shut_until: Stamp;
  /** When the person last signed in by it. */
  known_at: MaybeStamp;
  tried_at: Stamp;
}

export interface SessionTable {
  /** SHA-256 of what the cookie holds, hex. */
  hash: string;
  id: string;
  person: string;
  how: 'password' | 'link' | 'oidc';
  started_at: Stamp;
  seen_at: Stamp;
  /** When the person last proved to be there. */
  fresh_at: Stamp;
  ends_at: Stamp;
  ended_at: MaybeStamp;
  agent: Generated<string>;
}

/** A login that the provider has been asked for and that has not come back. */
export interface OidcLoginTable {
  /** SHA-256 of the state, and of what the browser's cookie holds, hex. */
  state_hash: string;
  browser_hash: string;
  way_back: string;
  /** The session that is to be made fresh. */
  session: string | null;
  /** SHA-256 of the one-time link by which the identity is to be linked. */
  link_hash: string | null;
  begun_at: Stamp;
  ends_at: Stamp;
  used_at: MaybeStamp;
}

/** Whom somebody is at the provider. Linked again after it has ended, it is another row. */
export interface OidcIdentityTable {
  id: string;
  issuer: string;
  /** What the provider calls them, sealed for the person; found by its keyed hash. */
  subject: string;
  subject_hash: string | null;
  person: string;
  /** An administrator, or the person by a one-time link. */
  linked_by: string;
  linked_at: Stamp;
  ended_by: string | null;
  ended_at: MaybeStamp;
}

export interface OneTimeLinkTable {
  /** SHA-256 of what the link holds, hex. */
  hash: string;
  person: string;
  /** Null = made at the command line. */
  made_by: string | null;
  made_at: Stamp;
  ends_at: Stamp;
  used_at: MaybeStamp;
}

export interface PersonClearanceTable {
  person: string;
  label: string;
}

/** Requests of one caller in a window that has not ended; the key is a hash. */
export interface RateCountTable {
  key: string;
  taken: number;
  ends_at: Stamp;
}

/** What was answered by a key, for a day. */
export interface RequestAnswerTable {
  person: string;
  key: string;
  fingerprint: string;
  begun_at: Generated<Date>;
  /** Null: not answered yet. */
  status: number | null;
  /** Sealed for the person. */
  body: string | null;
  location: string | null;
}

export interface PeopleTables {
  person: PersonTable;
  person_role: PersonRoleTable;
  person_clearance: PersonClearanceTable;
  api_token: ApiTokenTable;
  account: AccountTable;
  sign_in_door: SignInDoorTable;
  session: SessionTable;
  one_time_link: OneTimeLinkTable;
  oidc_login: OidcLoginTable;
  oidc_identity: OidcIdentityTable;
  rate_count: RateCountTable;
  request_answer: RequestAnswerTable;
}
