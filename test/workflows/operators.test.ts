/** Operators of Temporal have read-only access: on a server with authorizer and claim mapper, by tokens it checks itself. */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Client, Connection, isGrpcServiceError } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createActivities } from '../../activities/create.ts';
import { createDesk, deskPorts, type Desk } from '../../desk/index.ts';
import { ruleBook } from '../../runtime/packs.ts';
import { bundleOptions, workerOptions } from '../../worker/options.ts';
import { submit, submitted, type Message } from '../../workflows/kit/messages.ts';
import { useStore } from '../store/support/store.ts';
import { testSealKey } from '../support/seal.ts';
import { serverProgram, startAuthorised, withToken, type AuthorisedServer } from './support/authorised-server.ts';
import { openRepair, say } from './support/shop.ts';

const program = await serverProgram();
const survey = { trades: 'single', responsible: 'company', signedBy: ['customerService', 'property', 'teamLeader', 'builder'] };
const PERMISSION_DENIED = 7;

describe.skipIf(program === undefined)('a server with authorizer and claim mapper', () => {
  const store = useStore();
  const taskQueue = `operators-${randomUUID()}`;
  let server: AuthorisedServer;
  let desk: Desk;
  let number: string;
  let close: () => Promise<void>;
  const opened: Connection[] = [];
  const clientOf = async (token: string | undefined): Promise<Client> => {
    const connection = Connection.lazy({ address: server.address, ...withToken(token) });
    opened.push(connection);
    return new Client({ connection });
  };

  beforeAll(async () => {
    server = await startAuthorised(program!);
    const logger = new DefaultLogger('ERROR');
    Runtime.install({ logger });
    const token = server.token('redress', ['default:write']);
    const client = await clientOf(token);
    const connection = await NativeConnection.connect({ address: server.address, ...withToken(token) });
    desk = createDesk({ db: store.db, engine: { client, taskQueue }, rules: ruleBook(store.db), sealKey: testSealKey });
    const worker = await Worker.create({
      ...workerOptions(createActivities(deskPorts(store.db, () => desk))),
      connection,
      taskQueue,
      workflowBundle: await bundleWorkflowCode({ ...bundleOptions, logger }),
      shutdownGraceTime: '1s',
    });
    const running = worker.run();
    close = async () => {
      worker.shutdown();
      await running;
      await connection.close();
    };
    number = await openRepair(desk);
  }, 180_000);
  afterAll(async () => {
    await close?.();
    await Promise.all(opened.map((connection) => connection.close()));
    await server?.stop();
  });

  const message = (): Message => {
    const now = Date.now();
    return {
      key: randomUUID(),
      step: 'survey',
      facts: survey,
      actor: { person: 'mallory', roles: ['customerService'] },
      occurredAt: now,
      receivedAt: now,
    };
  };
  const reads: Record<string, (client: Client) => Promise<unknown>> = {
    list: async (client) => {
      for await (const found of client.workflow.list()) return found;
      return undefined;
    },
    describe: (client) => client.workflow.getHandle(number).describe(),
    history: (client) => client.workflow.getHandle(number).fetchHistory(),
  };
  const writes: Record<string, (client: Client) => Promise<unknown>> = {
    start: (client) => client.workflow.start('propertyRepair', { workflowId: `x-${randomUUID()}`, taskQueue }),
    signal: (client) => client.workflow.getHandle(number).signal(submitted, message()),
    update: (client) => client.workflow.getHandle(number).executeUpdate(submit, { args: [message()], updateId: randomUUID() }),
    terminate: (client) => client.workflow.getHandle(number).terminate('read-only'),
    cancel: (client) => client.workflow.getHandle(number).cancel(),
    reset: (client) =>
      client.workflowService.resetWorkflowExecution({
        namespace: 'default',
        workflowExecution: { workflowId: number },
        workflowTaskFinishEventId: 4 as never,
        requestId: randomUUID(),
        reason: 'read-only',
      }),
    delete: (client) => client.workflowService.deleteWorkflowExecution({ namespace: 'default', workflowExecution: { workflowId: number } }),
    'take over the work': (client) =>
      client.workflowService.pollWorkflowTaskQueue({ namespace: 'default', taskQueue: { name: taskQueue }, identity: 'mallory' }),
    'change the namespace': (client) => client.workflowService.updateNamespace({ namespace: 'default', config: {} }),
  };

  /** The code of the refusal; 0 = none. */
  async function refusal(act: () => Promise<unknown>): Promise<number> {
    try {
      await act();
      return 0;
    } catch (error) {
      for (let e: unknown = error; e instanceof Error; e = e.cause) if (isGrpcServiceError(e)) return e.code;
      throw error;
    }
  }
  async function refusedBy(token: string | undefined, acts: typeof reads): Promise<Record<string, number>> {
    const client = await clientOf(token);
    const codes = Object.entries(acts).map(async ([name, act]) => [name, await refusal(() => act(client))] as const);
    return Object.fromEntries(await Promise.all(codes));
  }
  const all = (acts: typeof reads, code: number) => Object.fromEntries(Object.keys(acts).map((name) => [name, code]));

  test('a reader lists, describes and reads histories, and every write is refused', async () => {
    const reader = server.token('olga', ['default:read']);
    expect(await refusedBy(reader, reads)).toEqual(all(reads, 0));
    expect(await refusedBy(reader, writes)).toEqual(all(writes, PERMISSION_DENIED));
  });

  test('desk and worker write with their token, and what was refused has left no trace', async () => {
    const before = await (await clientOf(server.token('redress', ['default:write']))).workflow.getHandle(number).fetchHistory();
    expect(JSON.stringify(before)).not.toContain('mallory');
    expect(await say(desk, number, 'customerService', 'survey', survey)).toMatchObject({ status: 'decided' });
  });

  test('but not what administrators of the server may', async () => {
    const writer = server.token('redress', ['default:write']);
    expect(await refusedBy(writer, { namespace: writes['change the namespace']! })).toEqual({ namespace: PERMISSION_DENIED });
  });

  test.each([
    ['no token', () => undefined],
    ['a token without permissions', () => server.token('nobody', [])],
    ['a token for another namespace', () => server.token('other', ['another:admin'])],
    ['a token that has ended', () => server.token('late', ['default:admin'], { exp: Date.now() / 1000 - 60 })],
    [
      'a token of another key',
      () => server.token('forger', ['default:admin'], { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }),
    ],
    ['a token without a signature', () => `${server.token('none', ['default:admin']).split('.').slice(0, 2).join('.')}.`],
    [
      'a token of the algorithm none',
      () => {
        const claims = server.token('none', ['default:admin']).split('.')[1];
        return `${Buffer.from('{"alg":"none","typ":"JWT","kid":"test"}').toString('base64url')}.${claims}.`;
      },
    ],
  ])('%s: everything is refused', async (_, token) => {
    const everything = { ...reads, ...writes };
    const codes = await refusedBy(token(), everything);
    // Who is not known at all is told 16 (unauthenticated) or 7; nothing is done for them.
    for (const [name, code] of Object.entries(codes)) expect([PERMISSION_DENIED, 16], `${name}: ${code}`).toContain(code);
  });
});
