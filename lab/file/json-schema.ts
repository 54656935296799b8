/** The JSON schema of a scenario file, for editors; made from the zod schema that reads it. */
import { z } from 'zod';
import { scenarioSchema } from './schema.ts';

export function jsonSchemaText(): string {
  const schema = z.toJSONSchema(scenarioSchema, { io: 'input', reused: 'ref' });
  return `${JSON.stringify({ ...schema, title: 'redress scenario' }, null, 2)}\n`;
}
