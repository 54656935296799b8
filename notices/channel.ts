/** What a channel is given and what it answers. */

export interface Message {
  /** The same for every attempt: whoever receives it twice can tell. */
  readonly id: string;
  readonly title: string;
  readonly lines: readonly string[];
  /** Opens the page where one can decide. */
  readonly link: string;
}

/** `later`: try again; `never`: trying again changes nothing, somebody has to look at the settings. */
export interface NotSent {
  readonly ok: false;
  readonly again: 'later' | 'never';
  readonly why: string;
}
export type Sent = { readonly ok: true } | NotSent;

export interface Channel {
  /** @param to the mail address of whoever it is for; robots and webhooks have one of their own. Never throws. */
  send(message: Message, to?: string): Promise<Sent>;
}

export const sent: Sent = { ok: true };
export const later = (why: string): NotSent => ({ ok: false, again: 'later', why });
export const never = (why: string): NotSent => ({ ok: false, again: 'never', why });
