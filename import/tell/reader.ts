/** Looks into the cells of a row as the mapping sees them: what counts as unknown, what a time looks like. */
import { TimeError, type Instant } from '../../domain/time.ts';
import type { Mapping } from '../mapping/schema.ts';
import type { Report } from '../problem.ts';
import type { Cell, Row } from '../../sheets/table.ts';
import { clock, type Clock } from './time.ts';

export class Reader {
  readonly mapping: Mapping;
  private readonly clock: Clock;
  private readonly unknown: ReadonlySet<string>;

  constructor(mapping: Mapping) {
    const { times, shiftWeeks, unknown } = mapping;
    this.mapping = mapping;
    this.clock = clock(times.format, times.zone, shiftWeeks);
    this.unknown = new Set(['', ...unknown.map((mark) => mark.trim())]);
  }

  /** The cell's text, or undefined where the register does not know. */
  text(row: Row, column: string): string | undefined {
    const cell = row.cells.get(column.normalize('NFC'));
    return cell === undefined || this.unknown.has(cell.text) ? undefined : cell.text;
  }

  /** Undefined when unknown; what cannot be read is reported. */
  time(row: Row, column: string, report: Report): Instant | undefined {
    const cell = row.cells.get(column.normalize('NFC'));
    if (cell === undefined || this.unknown.has(cell.text)) return undefined;
    return this.readTime(cell, column, report);
  }

  private readTime(cell: Cell, column: string, report: Report): Instant | undefined {
    try {
      return this.clock.read(cell);
    } catch (error) {
      if (!(error instanceof TimeError)) throw error;
      report({ column, what: error.message.replace(/\.$/, ''), remedy: `correct it, or give its format under times.format` });
      return undefined;
    }
  }
}
