/** The secrecy label of a record (密级) as its readers see it. */
import { familyIn, type Reader } from '../../domain/case/concern.ts';
import { carried, labelIn, usualOfKind, usualOfRegister } from '../../domain/secrecy.ts';
import { SECRECY } from '../plugins/auth.ts';

const view = (id: string) => {
  const { zh, en } = labelIn(SECRECY, id);
  return { id, zh, en };
};

/** A case, and of its parts the labels that they carry of their own. */
export interface OfCase {
  readonly pack: string;
  readonly kind: string;
  readonly label: string | null;
}

/** Of a case, or of a form or attachment of it. @param own labels of its own */
export const secrecyOfCase = ({ pack, kind, label }: OfCase, reader: Reader, ...own: (string | null | undefined)[]) =>
  view(carried(SECRECY, own, label ?? usualOfKind(SECRECY, familyIn(reader, pack), kind)));

/** Of an entry, or of an attachment of it. @param label the entry's own */
export const secrecyOfEntry = (register: string, label: string | null, ...own: (string | null | undefined)[]) =>
  view(carried(SECRECY, own, label ?? usualOfRegister(SECRECY, register)));
