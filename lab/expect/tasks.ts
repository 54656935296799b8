/** Tasks: what may be done now, who is asked, who holds it, what has been done. */
import { z } from 'zod';
import { each, expectation, listed, one, roles, rolesNamed, same, type Named } from './expectation.ts';
import { openTasksOf, roleId, type Look } from './look.ts';

const sayOpen = (look: Look): string => openIds(look).join(', ') || 'nothing';
const openIds = ({ state }: Look): string[] =>
  Object.values(state.tasks)
    .filter((t) => t.status === 'open')
    .map((t) => t.id);

export const open = listed('step', 'Steps that are open now.', (step, look) => ({
  expected: 'open',
  found: openTasksOf(look, step).length > 0 ? 'open' : `open are ${sayOpen(look)}`,
  held: openTasksOf(look, step).length > 0,
}));

export const notOpen = listed('step', 'Steps that are not open now.', (step, look) => ({
  expected: 'not open',
  found:
    openTasksOf(look, step)
      .map((t) => t.id)
      .join(', ') || 'not open',
  held: openTasksOf(look, step).length === 0,
}));

export const done = listed('step', 'Steps that have been answered.', (step, look) => {
  const tasks = Object.values(look.state.tasks).filter((t) => t.step === step || t.id === step);
  return {
    expected: 'done',
    found: tasks.map((t) => `${t.id} ${t.status}`).join(', ') || 'never opened',
    held: tasks.some((t) => t.status === 'done'),
  };
});

export const by = each(
  'step',
  'Who is asked at an open step.',
  roles,
  (step, value, look) => {
    const wanted = one(value)
      .map((name) => roleId(look, name))
      .toSorted();
    const found = openTasksOf(look, step).map((t) => [...t.by].toSorted().join(', '));
    return { expected: wanted.join(', '), found: found.join('; ') || `open are ${sayOpen(look)}`, held: found.includes(wanted.join(', ')) };
  },
  rolesNamed,
);

export const holder = each('step', 'Who an open step is assigned to.', z.string(), (step, person, look) =>
  same(
    person,
    openTasksOf(look, step)
      .map((t) => t.holder ?? 'nobody')
      .join(', ') || `open are ${sayOpen(look)}`,
  ),
);

export const held = each('step', 'Who has held a step, one after the other.', z.array(z.string()).min(1), (step, people, look) => {
  const task = Object.values(look.state.tasks).findLast((t) => t.step === step || t.id === step);
  return same(people.join(' → '), task?.segments.map((s) => s.person).join(' → ') || 'nobody');
});

const steps = (value: Readonly<Record<string, unknown>>): Named[] =>
  Object.keys(value).map((name) => ({ kind: 'step', name, path: [name] }));

export const openCount = expectation(
  'How many tasks of a step are open.',
  z.record(z.string(), z.int().min(0)),
  (value, look) =>
    Object.entries(value).map(([step, n]) => ({ what: `openCount.${step}`, ...same(String(n), String(openTasksOf(look, step).length)) })),
  steps,
);
