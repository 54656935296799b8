/** Each channel against a server on loopback that checks what the vendor documents: address, signature, body, and answers its codes. */
import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../notices/channel.ts';
import { dingtalk } from '../../notices/channels/dingtalk.ts';
import { feishu } from '../../notices/channels/feishu.ts';
import { mail } from '../../notices/channels/mail.ts';
import { webhook } from '../../notices/channels/webhook.ts';
import { wecom } from '../../notices/channels/wecom.ts';
import { within } from '../../notices/channels/robot.ts';
import { isPrivate, post } from '../../notices/post.ts';
import { useLoopback } from './support/loopback.ts';
import { useMailbox } from './support/mailbox.ts';

const server = useLoopback();
const clock = () => Date.UTC(2026, 10, 25, 1, 2, 3, 456);
const message: Message = {
  id: 'a'.repeat(40),
  title: '已超时,升级至您 · CS19-2026-000001',
  lines: ['时限:现场勘察', '到期:2026-11-25 24:00:00'],
  link: 'https://redress.example/api/cases/CS19-2026-000001',
};
const last = () => server.asked.at(-1)!;
const secret = 'a secret of this robot';

describe('WeCom', () => {
  const robot = () => wecom({ url: `${server.url}/cgi-bin/webhook/send?key=K`, allowPrivate: true });
  test('markdown with a link, under the key of the address', async () => {
    server.answer = { status: 200, body: { errcode: 0, errmsg: 'ok' } };
    expect(await robot().send(message)).toEqual({ ok: true });
    expect(last().url.searchParams.get('key')).toBe('K');
    expect(last().body).toEqual({ msgtype: 'markdown', markdown: { content: expect.stringContaining(`[打开办理](${message.link})`) } });
  });
  test.each([
    [{ errcode: 45_009, errmsg: 'api freq out of limit' }, 'later'],
    [{ errcode: -1, errmsg: 'system busy' }, 'later'],
    [{ errcode: 45_033, errmsg: 'api concurrent out of limit' }, 'later'],
    [{ errcode: 93_000, errmsg: 'invalid webhook url' }, 'never'],
    [{ errcode: 40_058, errmsg: 'invalid Request Parameter' }, 'never'],
  ])('answers %j: %s', async (body, again) => {
    server.answer = { status: 200, body };
    expect(await robot().send(message)).toEqual({ ok: false, again, why: `${body.errcode} ${body.errmsg}` });
  });
});

describe('DingTalk', () => {
  const robot = () => dingtalk({ url: `${server.url}/robot/send?access_token=T`, secret, allowPrivate: true, clock });
  test('an action card, signed over time and secret', async () => {
    server.answer = { status: 200, body: { errcode: 0, errmsg: 'ok' } };
    expect(await robot().send(message)).toEqual({ ok: true });
    const { searchParams } = last().url;
    expect(searchParams.get('access_token')).toBe('T');
    expect(searchParams.get('timestamp')).toBe(String(clock()));
    expect(searchParams.get('sign')).toBe(createHmac('sha256', secret).update(`${clock()}\n${secret}`).digest('base64'));
    expect(last().body).toMatchObject({ msgtype: 'actionCard', actionCard: { title: message.title, singleURL: message.link } });
  });
  test.each([
    [{ errcode: 130_101, errmsg: 'send too fast' }, 'later'],
    [{ errcode: 410_100, errmsg: 'too often' }, 'later'],
    [{ errcode: -1, errmsg: 'busy' }, 'later'],
    [{ status: 1_111, wait: 5, source: 'x5', punish: 'deny' }, 'later'], // what keeps floods off answers in its own words
    [{ errcode: 310_000, errmsg: 'sign not match' }, 'never'],
    [{ errcode: 310_000, errmsg: 'keywords not in content' }, 'never'],
    [{ errcode: 310_000, errmsg: 'ip 192.0.2.7 not in whitelist' }, 'never'],
    [{ errcode: 310_000, errmsg: 'invalid timestamp' }, 'never'],
    [{ errcode: 300_005, errmsg: 'token is not exist' }, 'never'],
    [{ errcode: 400_102, errmsg: 'bot is stopped' }, 'never'],
    [{ errcode: 400_013, errmsg: 'the group is gone' }, 'never'],
    [{ errcode: 430_102, errmsg: 'text not allowed' }, 'never'],
  ])('answers %j: %s', async (body, again) => {
    server.answer = { status: 200, body };
    expect(await robot().send(message)).toMatchObject({ ok: false, again });
  });
});

describe('Feishu', () => {
  const robot = () => feishu({ url: `${server.url}/open-apis/bot/v2/hook/H`, secret, allowPrivate: true, clock });
  test('a card with a button, signed with time and secret as the key', async () => {
    server.answer = { status: 200, body: { code: 0, msg: 'success' } };
    expect(await robot().send(message)).toEqual({ ok: true });
    const seconds = String(Math.floor(clock() / 1000));
    expect(last().body).toMatchObject({
      timestamp: seconds,
      sign: createHmac('sha256', `${seconds}\n${secret}`).update('').digest('base64'),
      msg_type: 'interactive',
      card: { header: { title: { content: message.title } }, elements: [{}, { actions: [{ url: message.link }] }] },
    });
  });
  test.each([
    [{ code: 11_232, msg: 'frequency limited' }, 'later'],
    [{ code: 19_021, msg: 'sign match fail or timestamp is not within one hour' }, 'never'],
    [{ code: 9_499, msg: 'Bad Request' }, 'never'],
    [{ code: 9_499, msg: 'too many request' }, 'later'],
    [{ code: 11_233, msg: 'frequency limited' }, 'later'],
    [{ code: 99_991_400, msg: 'request trigger frequency limit', status: 400 }, 'later'],
    [{ code: 19_001, msg: 'param invalid: incoming webhook access token invalid' }, 'never'],
    [{ code: 19_022, msg: 'Ip Not Allowed' }, 'never'],
    [{ code: 19_024, msg: 'Key Words Not Found' }, 'never'],
  ])('answers %j: %s', async ({ status = 200, ...body }: { code: number; msg: string; status?: number }, again) => {
    server.answer = { status, body };
    expect(await robot().send(message)).toMatchObject({ ok: false, again });
  });
});

describe('webhook', () => {
  const hook = () => webhook({ url: `${server.url}/hook`, secret: 'a secret of sixteen', allowPrivate: true, clock });
  test('signed over id, time and body', async () => {
    server.answer = { status: 204, body: '' };
    expect(await hook().send(message)).toEqual({ ok: true });
    const { headers, text } = last();
    const made = createHmac('sha256', 'a secret of sixteen')
      .update(`${message.id}.${String(headers['webhook-timestamp'])}.${text}`)
      .digest('base64');
    expect(headers).toMatchObject({
      'webhook-id': message.id,
      'webhook-timestamp': String(Math.floor(clock() / 1000)),
      'webhook-signature': `v1,${made}`,
    });
  });
  test.each([
    [503, 'later'],
    [429, 'later'],
    [404, 'never'],
    [301, 'never'],
  ])('HTTP %i: %s', async (status, again) => {
    server.answer = { status, body: '', headers: { location: `${server.url}/elsewhere` } };
    const before = server.asked.length;
    expect(await hook().send(message)).toMatchObject({ ok: false, again });
    expect(server.asked.length).toBe(before + 1); // a redirect is not followed
  });
  test('a connection that breaks off: later', async () => {
    server.answer = { status: 200, body: '', how: 'broken' };
    expect(await hook().send(message)).toMatchObject({ ok: false, again: 'later' });
  });
  test('an answer without end: later, and not kept', async () => {
    server.answer = { status: 200, body: 'x'.repeat(300_000) };
    expect(await hook().send(message)).toEqual({ ok: false, again: 'later', why: 'answer too long' });
  });
  test('a server that never answers, or answers by the drop, is left in time', async () => {
    const options = { allowPrivate: true, allWithinMs: 300 };
    for (const how of ['silent', 'dripping'] as const) {
      server.answer = { status: 200, body: '', how };
      const before = Date.now();
      expect(await post(server.url, '{}', options)).toMatchObject({ ok: false, again: 'later' });
      expect(Date.now() - before).toBeLessThan(3_000);
    }
  });
  test('a robot that answers no JSON: later', async () => {
    server.answer = { status: 200, body: '<html>' };
    expect(await wecom({ url: `${server.url}/x`, allowPrivate: true }).send(message)).toMatchObject({ ok: false, again: 'later' });
  });
});

describe('addresses', () => {
  test.each(['127.0.0.1', '10.1.2.3', '172.31.0.1', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0', '::1', '::', 'fe80::1', 'fd00::1', '::ffff:127.0.0.1', '64:ff9b::7f00:1', '::ffff:7f00:1', '2002:7f00:1::'])(
    '%s is private',
    (address) => expect(isPrivate(address)).toBe(true),
  ); // prettier-ignore
  test.each(['8.8.8.8', '172.32.0.1', '2400:3200::1', '::ffff:8.8.8.8'])('%s is not', (address) => expect(isPrivate(address)).toBe(false));
  test('nothing is sent to a private one unless the settings allow it', async () => {
    const before = server.asked.length;
    for (const url of [server.url, server.url.replace('127.0.0.1', 'localhost'), server.url.replace('127.0.0.1', '[::ffff:127.0.0.1]')])
      expect(await post(url, '{}', { allowPrivate: false })).toMatchObject({ ok: false, again: 'never' });
    expect(server.asked.length).toBe(before);
  });
  test('a name is looked up once: what was checked is what is spoken to, and one private address among others is enough', async () => {
    const { port } = new URL(server.url);
    const asked: string[] = [];
    const says =
      (...first: string[]) =>
      async (host: string) => {
        asked.push(host);
        // Whoever asks again is told another address.
        return (asked.length === 1 ? first : ['127.0.0.1']).map((address) => ({ address, family: 4 }));
      };
    const [url, before] = [`http://rebound.example:${port}/`, server.asked.length];
    expect(await post(url, '{}', { allowPrivate: false, addresses: says('8.8.8.8', '10.0.0.1') })).toMatchObject({ again: 'never' });
    asked.length = 0;
    expect(await post(url, '{}', { allowPrivate: false, allWithinMs: 300, addresses: says('192.0.2.1') })).toMatchObject({ ok: false });
    expect(asked).toEqual(['rebound.example']);
    expect(server.asked).toHaveLength(before);
    asked.length = 0;
    server.answer = { status: 200, body: '' };
    expect(await post(url, '{}', { allowPrivate: true, addresses: says('127.0.0.1') })).toMatchObject({ status: 200 });
    expect(server.asked).toHaveLength(before + 1);
  });
  test('why there is no answer does not give the key away', async () => {
    const said = await wecom({ url: 'http://127.0.0.1:1/send?key=SECRET-KEY', allowPrivate: true }).send(message);
    expect(JSON.stringify(said)).not.toContain('SECRET-KEY');
    expect(said).toMatchObject({ ok: false, again: 'later', why: 'ECONNREFUSED' });
  });
});

test('a long text is cut at a character', () => {
  expect(Buffer.byteLength(within('超时'.repeat(2_000), 4_096))).toBeLessThanOrEqual(4_096);
  expect(within('𠮷'.repeat(10), 20)).toBe(`${'𠮷'.repeat(4)}…`);
  expect(within('短', 4_096)).toBe('短');
});

describe('mail', () => {
  const server = useMailbox();
  const box = () => mail({ smtp: server.url, from: 'redress <redress@company.example>' });

  test('a readable mail whose Message-ID is that of the message', async () => {
    server.refuse = undefined;
    expect(await box().send(message, 'wang@company.example')).toEqual({ ok: true });
    const [{ email, to } = { email: undefined, to: [] }] = server.received;
    expect(to).toEqual(['wang@company.example']);
    expect(email).toMatchObject({ subject: message.title, messageId: `<${message.id}@company.example>` });
    expect(email?.text).toContain(message.link);
    expect(email?.text).toContain('时限:现场勘察');
  });
  test('a password is not sent to a server that offers no encryption', async () => {
    const before = server.received.length;
    const smtp = server.url.replace('smtp://', 'smtp://redress:secret@');
    expect(await mail({ smtp, from: 'a@company.example' }).send(message, 'wang@company.example')).toMatchObject({
      ok: false,
      again: 'later',
    });
    expect([server.received.length, server.passwords]).toEqual([before, 0]);
  });
  test('a line break in a title makes no new header', async () => {
    expect(await box().send({ ...message, title: 'x\r\nBcc: eve@evil.example' }, 'wang@company.example')).toEqual({ ok: true });
    expect(server.received.at(-1)?.to).toEqual(['wang@company.example']);
    expect(server.received.at(-1)?.email.headers.some(({ key }) => key === 'bcc')).toBe(false);
  });
  test('a mailbox that is no more: never; one that is full or a server that is away: later', async () => {
    server.refuse = 550;
    expect(await box().send(message, 'gone@company.example')).toEqual({ ok: false, again: 'never', why: 'SMTP 550' });
    server.refuse = 452;
    expect(await box().send(message, 'full@company.example')).toEqual({ ok: false, again: 'later', why: 'SMTP 452' });
    expect(await mail({ smtp: 'smtp://127.0.0.1:1', from: 'a@b.example' }).send(message, 'x@y.example')).toMatchObject({
      ok: false,
      again: 'later',
    });
    expect(await box().send(message)).toMatchObject({ ok: false, again: 'never' });
    expect(await box().send(message, 'no address')).toMatchObject({ ok: false, again: 'never' });
  });
});
