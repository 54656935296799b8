/** Customers, who have no login: what they hold is a link to one case. */
import type { Rules } from './rule.ts';

export const customers = {
  'GET /api/public/intake': ['public'],
  'POST /api/public/cases': ['public'],
  'POST /api/public/tracking': ['public', 'link'],
  'POST /api/public/tracking/opinion': ['public', 'link'],
  'POST /api/public/tracking/nudge': ['public', 'link'],
  'POST /api/public/tracking/messages': ['public', 'link'],
  'POST /api/public/tracking/survey': ['public', 'link'],
  'POST /api/public/tracking/photos': ['public', 'link'],
  'POST /api/public/tracking/consent': ['public', 'link'],
} as const satisfies Rules;
