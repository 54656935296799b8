/** What people sign in with. */
import { z } from 'zod';

export const personId = z.string().regex(/^[A-Za-z0-9_][A-Za-z0-9_.@-]{0,63}$/, 'a person’s id');
export const passwordIn = z.string().min(1).max(1_000);
