/** How long a promise still runs, as people say it: to the hour over a day, to the minute below. Pure. */
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** @param ms until it is due; below zero it has run out */
export function sayRemaining(ms: number, lang: 'zh' | 'en'): string {
  const abs = Math.abs(ms);
  const days = Math.floor(abs / DAY);
  const hours = Math.floor((abs % DAY) / HOUR);
  const minutes = Math.floor((abs % HOUR) / MINUTE);
  const parts = lang === 'zh' ? [`${days}天`, `${hours}小时`, `${minutes}分钟`] : [`${days} d`, `${hours} h`, `${minutes} min`];
  const said = (days > 0 ? parts.slice(0, 2) : hours > 0 ? parts.slice(1) : parts.slice(2)).join(lang === 'zh' ? '' : ' ');
  if (ms >= 0) return said;
  return lang === 'zh' ? `已超${said}` : `none, ${said} over`;
}
