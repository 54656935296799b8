/** Reads all files of a run before anything is started; what is wrong is said of all of them at once. */
import { PackError } from '../../packs/problem.ts';
import type { Story } from '../story.ts';
import { readScenario } from './read.ts';

/** @throws PackError with the problems of every file, one a line; Error when no file is given */
export function readAll(files: readonly string[]): Story[] {
  if (files.length === 0) throw new Error('Which scenario files? Give at least one, such as test/scenarios/*.yaml.');
  const stories: Story[] = [];
  const problems = files.flatMap((file) => {
    try {
      stories.push(...readScenario(file));
      return [];
    } catch (error) {
      if (!(error instanceof PackError)) throw error;
      return error.problems;
    }
  });
  if (problems.length > 0) throw new PackError(problems);
  return stories;
}
