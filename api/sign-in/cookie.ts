/** The session's cookie: to this host alone, out of reach of scripts, not sent along from other sites. */
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Served by https it is bound to the host by its name (`__Host-`, RFC 6265bis); on a developer's machine http is all there is. */
export interface SessionCookie {
  read(request: FastifyRequest): string | undefined;
  set(reply: FastifyReply, secret: string, seconds: number): void;
  clear(reply: FastifyReply): void;
}

export const sessionCookie = (publicUrl: string): SessionCookie => cookieOf(publicUrl, 'redress');

/** By which a browser is known again at which somebody has signed in: it opens nothing, and counts wrong passwords by itself. */
export const browserCookie = (publicUrl: string): SessionCookie => cookieOf(publicUrl, 'redress-browser');

/** By which a login that comes back from a provider is known to be this browser's own. */
export const loginCookie = (publicUrl: string): SessionCookie => cookieOf(publicUrl, 'redress-login');

function cookieOf(publicUrl: string, plain: string): SessionCookie {
  const secure = publicUrl.startsWith('https:');
  const name = secure ? `__Host-${plain}` : plain;
  const options = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const;
  return {
    read: (request) => request.cookies[name],
    set: (reply, secret, maxAge) => void reply.setCookie(name, secret, { ...options, maxAge }),
    clear: (reply) => void reply.clearCookie(name, options),
  };
}
