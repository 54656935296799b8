/** The address that requests are counted by. */
import type { FastifyRequest } from 'fastify';

/** Whoever has an IPv6 address has a /64 at least: all of it is one. IPv4 is the same however it is written. */
export function addressOf({ ip }: Pick<FastifyRequest, 'ip'>): string {
  if (/^::ffff:\d+\./i.test(ip)) return ip.slice('::ffff:'.length);
  if (!ip.includes(':')) return ip;
  const [head = '', tail = ''] = ip.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const middle = ip.includes('::') ? Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0') : [];
  return [...left, ...middle, ...right].slice(0, 4).join(':');
}
