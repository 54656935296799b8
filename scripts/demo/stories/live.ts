/** One case of its own for each start: its survey falls due two minutes later, so that a breach is seen as it happens. */
import type { Story } from '../story.ts';

/** The demonstration pack's survey limit. */
const LIMIT_HOURS = 24;
const LEFT_HOURS = 2 / 60;

export function liveStory(startedAt: Date): Story {
  return {
    name: `live.${startedAt.toISOString()}`,
    pack: 's3-cs19-demo',
    kind: 'repair',
    ago: LIMIT_HOURS - LEFT_HOURS,
    intake: { channel: 'hotline', unit: 'DEMO-2-301', summary: '演示:现场勘察将于本次启动两分钟后到期,届时可见超时与升级' },
    sayings: [],
  };
}
