/** Where a browser goes once somebody has signed in: a path of ours, and nowhere else (CWE-601). */

/** No backslash, blank, tab or line end, which browsers read as something else; not `//host`; not back into a login. */
const PATH = /^\/(?![/\\])[\x21-\x5b\x5d-\x7e]{0,1999}$/;

export function isWayBack(to: string): boolean {
  if (!PATH.test(to)) return false;
  const base = 'http://ours.invalid';
  const { origin, pathname } = new URL(to, base);
  return origin === base && !pathname.startsWith('//') && !pathname.startsWith('/api/oidc/');
}
