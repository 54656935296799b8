/** Drops components that nothing refers to: each named schema is made once for input and once for output. */
interface Document {
  components?: { schemas?: Record<string, unknown> };
}

export function pruned<T extends object>(document: T): T {
  const { components, ...rest } = document as T & Document;
  const schemas = components?.schemas ?? {};
  const used = new Set<string>();
  const queue = references(rest);
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    if (used.has(name)) continue;
    used.add(name);
    queue.push(...references(schemas[name]));
  }
  const kept = Object.fromEntries(Object.entries(schemas).filter(([name]) => used.has(name)));
  return { ...document, components: { ...components, schemas: kept } };
}

function references(part: unknown): string[] {
  return [...JSON.stringify(part ?? null).matchAll(/"#\/components\/schemas\/([^"]+)"/g)].map((m) => m[1] ?? '');
}
