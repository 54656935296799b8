import { glob } from 'node:fs/promises';
import { chmodSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { defaultPayloadConverter, type Payload, type WorkflowSerializationContext } from '@temporalio/common';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MOST_BYTES, payloadCodec } from '../../runtime/codec/payload-codec.ts';
import { addKey, makeKeyFile, readKeyFile, readOrMakeKeyFile, useKey } from '../../runtime/keys/file.ts';
import { keyRing, ringOf } from '../../runtime/keys/ring.ts';
import { loadConfig } from '../../temporal.config.ts';

const [first, second] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
const namespace = 'default';
const of = (workflowId: string): WorkflowSerializationContext => ({ type: 'workflow', namespace, workflowId });
const codec = payloadCodec({ keys: ringOf([first]), namespace });
const payload = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);
const read = (one: Payload | undefined): unknown => defaultPayloadConverter.fromPayload(one!);
const encodeOne = async (value: unknown, context?: WorkflowSerializationContext): Promise<Payload> =>
  (await codec.encode([payload(value)], context))[0]!;

describe('payloads', () => {
  test('what is encrypted comes back as it was, and nothing of it can be seen', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.jsonValue(), { maxLength: 4 }),
        fc.option(fc.string({ minLength: 1 }), { nil: undefined }),
        async (values, id) => {
          const context = id === undefined ? undefined : of(id);
          const there = await codec.encode(values.map(payload), context);
          const back = await codec.decode(there, context);
          expect(back.map(read)).toEqual(values.map(payload).map(read));
          expect(there.every(({ metadata }) => Buffer.from(metadata!['encoding']!).toString() === 'binary/encrypted')).toBe(true);
        },
      ),
    );
    const shown = JSON.stringify(await encodeOne({ name: 'Ouyang Planted 欧阳' }));
    expect(shown).not.toMatch(/Planted|欧阳/);
    expect(Buffer.from((await encodeOne('Ouyang Planted')).data!).includes('Planted')).toBe(false);
  });

  test('undefined and bytes come back, and an IV is never used twice', async () => {
    const values = [undefined, null, new Uint8Array([0, 255])];
    expect((await codec.decode(await codec.encode(values.map(payload)))).map(read)).toEqual(values);
    const ivs = new Set<string>();
    for (let i = 0; i < 1_000; i += 1) ivs.add(Buffer.from((await encodeOne('same')).data!.subarray(0, 12)).toString('hex'));
    expect(ivs.size).toBe(1_000);
  });

  test('one byte that is another, anywhere, is found', async () => {
    const made = await encodeOne({ amount: 100 }, of('SF-1'));
    for (let at = 0; at < made.data!.length; at += 1) {
      const data = Uint8Array.from(made.data!);
      data[at]! ^= 1 << (at % 8);
      await expect(codec.decode([{ ...made, data }], of('SF-1')), `byte ${at}`).rejects.toThrow(/changed after/);
    }
    for (const name of ['encoding', 'encryption-key-id', 'workflow-id'])
      for (let at = 0; at < made.metadata![name]!.length; at += 1) {
        const bytes = Uint8Array.from(made.metadata![name]!);
        bytes[at]! ^= 1;
        const bad = { ...made, metadata: { ...made.metadata, [name]: bytes } };
        await expect(codec.decode([bad]), `${name}, byte ${at}`).rejects.toThrow();
      }
    for (let length = 0; length < made.data!.length; length += 1)
      await expect(codec.decode([{ ...made, data: made.data!.subarray(0, length) }])).rejects.toThrow();
  });

  test('a payload of another case, of another namespace or by another key is refused', async () => {
    const made = await encodeOne({ amount: 100 }, of('SF-1'));
    await expect(codec.decode([made], of('SF-2'))).rejects.toThrow('a payload of SF-1 stands in the history of SF-2');
    const renamed = { ...made, metadata: { ...made.metadata, 'workflow-id': Buffer.from('SF-2') } };
    await expect(codec.decode([renamed], of('SF-2'))).rejects.toThrow(/changed after/);
    const { 'workflow-id': _, ...unnamed } = made.metadata!;
    await expect(codec.decode([{ ...made, metadata: unnamed }])).rejects.toThrow(/changed after/);
    await expect(codec.decode([await encodeOne(1)], of('SF-2'))).rejects.toThrow('a payload of no case');
    await expect(payloadCodec({ keys: ringOf([first]), namespace: 'other' }).decode([made])).rejects.toThrow(/another namespace/);
    await expect(payloadCodec({ keys: ringOf([second]), namespace }).decode([made])).rejects.toThrow(/which this process does not have/);
  });

  test('a former key reads, and the new one writes', async () => {
    const old = await encodeOne('before');
    const rotated = payloadCodec({ keys: ringOf([second, first]), namespace });
    const [fresh] = await rotated.encode([payload('after')]);
    expect((await rotated.decode([old, fresh!])).map(read)).toEqual(['before', 'after']);
    await expect(codec.decode([fresh!])).rejects.toThrow(/does not have/);
  });

  test('what is not encrypted is refused, but while an installation changes over', async () => {
    await expect(codec.decode([payload('plain')])).rejects.toThrow(/not encrypted/);
    const changing = payloadCodec({ keys: ringOf([first]), namespace, readsPlain: true });
    expect((await changing.decode([payload('plain'), await encodeOne('not')])).map(read)).toEqual(['plain', 'not']);
    const reading = payloadCodec({ keys: ringOf([first]), namespace, readsPlain: true, encrypts: false });
    expect(await reading.encode([payload('plain')])).toEqual([payload('plain')]);
    expect((await reading.decode([await encodeOne('x')])).map(read)).toEqual(['x']);
  });

  test('the bound of the engine is that of the encrypted payload', async () => {
    const room = 1_000;
    const plain: Payload = { metadata: { encoding: Buffer.from('binary/plain') }, data: Buffer.alloc(MOST_BYTES - room) };
    const [made] = await codec.encode([plain], of('SF-1'));
    expect((await codec.decode([made!], of('SF-1')))[0]!.data).toHaveLength(MOST_BYTES - room);
    const tooLong: Payload = { ...plain, data: Buffer.alloc(MOST_BYTES - 40) };
    await expect(codec.encode([tooLong], of('SF-1'))).rejects.toThrow(/over the engine's bound of 2097152/);
  });
});

describe('keys', () => {
  const folder = mkdtempSync(join(tmpdir(), 'redress-keys-'));
  const at = (name: string) => join(folder, name);

  test('a file of keys is made for its owner alone, and rotates in two steps', () => {
    const file = at('codec.keys');
    expect(() => readKeyFile(file)).toThrow(/is not there: `redress keys new/);
    const made = makeKeyFile(file);
    expect(() => makeKeyFile(file)).toThrow(/is there already/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const added = addKey(file);
    expect(readKeyFile(file).all.map(({ id }) => id)).toEqual([made.current.id, added]);
    useKey(file, added);
    expect(readKeyFile(file).all.map(({ id }) => id)).toEqual([added, made.current.id]);
    expect(readKeyFile(file).find(made.current.id)?.bytes).toEqual(made.current.bytes);
    expect(() => useKey(file, 'nobody')).toThrow('holds no key nobody');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test('a file that is no file of keys, or is open to everybody, is refused without a word of what it holds', () => {
    for (const text of ['', '# only a remark\n', 'secret', `${'0'.repeat(64)}\nsecret`, '0'.repeat(63)]) {
      writeFileSync(at('bad'), text, { mode: 0o600 });
      expect(() => readKeyFile(at('bad'))).toThrow(/must hold keys of 64 hexadecimal digits/);
      expect(() => readKeyFile(at('bad'))).not.toThrow(/secret|000/);
    }
    writeFileSync(at('open'), '0'.repeat(64), { mode: 0o600 });
    chmodSync(at('open'), 0o604);
    expect(() => readKeyFile(at('open'))).toThrow(/everybody/);
  });

  test('a file of old, without a last line end, is read; one made at the first start stays', () => {
    writeFileSync(at('old'), 'ab'.repeat(32), { mode: 0o600 });
    expect(readOrMakeKeyFile(at('old')).current.bytes).toEqual(Buffer.alloc(32, 0xab));
    expect(readFileSync(at('old'), 'utf8')).toBe('ab'.repeat(32));
    expect(readOrMakeKeyFile(at('new')).current.id).toBe(readOrMakeKeyFile(at('new')).current.id);
    expect(keyRing(`# of March\n${'AB'.repeat(32)}\n\n${'cd'.repeat(32)} `, 'it').all).toHaveLength(2);
  });

  test('the environment says whether, and where the keys are', () => {
    expect(loadConfig({}).codec).toBeUndefined();
    expect(loadConfig({ REDRESS_CODEC: 'read' }).codec).toMatchObject({ encrypts: false, readsPlain: true });
    expect(loadConfig({ REDRESS_CODEC: 'change-over' }).codec).toMatchObject({ encrypts: true, readsPlain: true });
    expect(loadConfig({ REDRESS_CODEC: 'on', REDRESS_CODEC_KEY_FILE: '/k' }).codec).toMatchObject({
      encrypts: true,
      readsPlain: false,
      keyFile: '/k',
    });
    expect(() => loadConfig({ REDRESS_CODEC: 'maybe' })).toThrow('REDRESS_CODEC is not right');
    expect(() => loadConfig({ REDRESS_CODEC: 'on', REDRESS_CODEC_KEYS: 'a', REDRESS_CODEC_KEY_FILE: 'b' })).toThrow('both set');
  });
});

test('no client and no worker of the product is made without its converter', async () => {
  const made: string[] = [];
  for await (const file of glob('{activities,api,desk,exchange,import,lab,notices,reconcile,runtime,scripts,whatif,worker}/**/*.ts')) {
    const text = readFileSync(file, 'utf8');
    if (/new Client\(|Worker\.create\(|runReplayHistor/.test(text)) made.push(file);
    for (const [call] of text.matchAll(/Worker\.create\(\{[\s\S]*?\n +\}\)/g)) expect(call, file).toContain('...converter.client');
    for (const [call] of text.matchAll(/new Client\(.*/g)) expect(call, file).toContain('...client');
  }
  expect(made.toSorted()).toEqual(['lab/engine/worker.ts', 'runtime/client.ts', 'worker/main.ts']);
});
