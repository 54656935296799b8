/** Values that a JSON schema of the API's document allows, or nearly so. */
import fc from 'fast-check';

export interface Schema {
  readonly $ref?: string;
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

export interface Known {
  readonly schemas: Readonly<Record<string, Schema>>;
  /** Values that mean something here, by the name under which they are asked for. */
  readonly words: Readonly<Record<string, readonly unknown[]>>;
  /** Names of fields of forms and registers. */
  readonly fields: readonly string[];
}

const WORDS = ['a', '1', 'hotline', '维修', '800.00', '2026-05-01', '2026-05-01 10:00', 'true', 'x y', '13800004321', '{uuid}'];

/** @param name of the parameter or property that the value is for */
export function valueOf(schema: Schema, name: string, known: Known): fc.Arbitrary<unknown> {
  const words = known.words[name];
  const made = made_(schema, name, known);
  return words === undefined ? made : fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...words) }, { weight: 1, arbitrary: made });
}

function made_(schema: Schema, name: string, known: Known): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return valueOf(known.schemas[schema.$ref.split('/').at(-1) ?? ''] ?? {}, name, known);
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices !== undefined) return fc.oneof(...choices.map((one) => valueOf(one, name, known)));
  switch (schema.type) {
    case 'string':
      return text(schema);
    case 'integer':
      return fc.integer({ min: schema.minimum ?? -5, max: Math.min(schema.maximum ?? 1_000_000, 2 ** 31 - 1) });
    case 'number':
      return fc.double({ min: schema.minimum ?? -1e6, max: schema.maximum ?? 1e6, noNaN: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(valueOf(schema.items ?? {}, name, known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, (schema.minItems ?? 0) + 4),
      });
    case 'object':
      return objectOf(schema, known);
    default:
      return fc.oneof(
        fc.constantFrom<unknown>(...WORDS),
        fc.integer(),
        fc.boolean(),
        fc.array(fc.constantFrom(...WORDS), { maxLength: 3 }),
      );
  }
}

function text({ pattern, minLength = 0, maxLength = 60 }: Schema): fc.Arbitrary<unknown> {
  if (pattern !== undefined) return fc.stringMatching(new RegExp(pattern));
  const long = Math.min(maxLength, minLength + 60);
  return fc.oneof(fc.constantFrom(...WORDS), fc.string({ unit: 'grapheme', minLength, maxLength: long }));
}

function objectOf({ properties, required = [], additionalProperties }: Schema, known: Known): fc.Arbitrary<unknown> {
  if (properties === undefined) {
    const one = typeof additionalProperties === 'object' ? additionalProperties : {};
    return fc.dictionary(fc.constantFrom(...known.fields), valueOf(one, '', known), { maxKeys: 8 });
  }
  const model = Object.fromEntries(Object.entries(properties).map(([key, one]) => [key, valueOf(one, key, known)]));
  return fc.record(model, { requiredKeys: required.filter((key) => key in model) });
}
