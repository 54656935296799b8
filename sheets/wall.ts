/**
 * Spreadsheets know no zone: a date there is what a clock on the wall shows. Here it is always the wall in Beijing,
 * whatever machine wrote the file or reads it.
 */
import { isoBeijing, parseBeijing, type Instant } from '../domain/time.ts';

/** The Beijing wall of an instant, as if it were UTC, in milliseconds: what a spreadsheet's date cell holds. */
export const wallOf = (instant: Instant): number =>
  Date.parse(
    `${isoBeijing(instant)
      .slice(0, 23)
      .replace(/[+Z].*$/, '')}Z`,
  );

/** The instant at which the wall in Beijing showed this. */
export const instantOfWall = (wall: number): Instant => parseBeijing(`${new Date(wall).toISOString().slice(0, 23)}+08:00`);
