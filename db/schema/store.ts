/** Row types of the store, by area. Inside `db/` only: what leaves it are domain types. */
import type { CasesTables } from './cases.ts';
import type { NoticesTables } from './notices.ts';
import type { RegistersTables } from './registers.ts';
import type { BooksTables } from './books.ts';
import type { PeopleTables } from './people.ts';
import type { AuthorityTables } from './authority.ts';
import type { RulesTables } from './rules.ts';
import type { FilesTables } from './files.ts';
import type { CustomerTables } from './customer.ts';
import type { SubjectsTables } from './subjects.ts';
import type { AuditsTables } from './audits.ts';

export interface Store
  extends
    CasesTables,
    NoticesTables,
    RegistersTables,
    BooksTables,
    PeopleTables,
    AuthorityTables,
    RulesTables,
    FilesTables,
    CustomerTables,
    SubjectsTables,
    AuditsTables {}
