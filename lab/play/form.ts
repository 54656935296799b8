/** What a story leaves open in a form: numbers of its cases, persons by role, the open task, the version at hand. */
import { filledIn } from '../../domain/case/acts.ts';
import { resolveRole } from '../../domain/pack.ts';
import type { Look } from '../expect/look.ts';
import { personOf, type Act, type Story } from '../story.ts';

/** @param seen what was seen of the case last; undefined before it is opened */
export function fillForm(act: Act, story: Story, numbers: ReadonlyMap<string, string>, seen: Look | undefined): Record<string, unknown> {
  const { given } = story;
  const pack = seen?.pack ?? story.pack;
  const fields = filledIn(pack, act.submit, act.kind)?.fields ?? [];
  const form: Record<string, unknown> = { ...act.form };
  for (const { name, type } of fields) {
    const value = form[name];
    if (typeof value !== 'string') continue;
    if (type === 'number-of-case') form[name] = numbers.get(value.replace(/^case:/, '')) ?? value;
    const role = type === 'person' && !Object.hasOwn(given.people, value) ? resolveRole(pack, value) : undefined;
    if (role !== undefined) form[name] = personOf(role);
    if ((act.submit === 'assign' || act.submit === 'nudge') && name === 'task') form[name] = openTask(seen, value)?.id ?? value;
  }
  const proposal = openTask(seen, act.task ?? act.submit)?.proposal;
  const decides = fields.some((field) => field.name === 'version') && form['version'] === undefined && form['proposalHash'] === undefined;
  if (decides && proposal !== undefined) form['version'] = proposal.version;
  return form;
}

const openTask = (seen: Look | undefined, step: string) =>
  Object.values(seen?.state.tasks ?? {}).find((task) => task.status === 'open' && (task.step === step || task.id === step));
