/** Variables that could lead a server or a test to somebody else's database or Temporal service. */
const foreign = /^(DATABASE_URL|PG[A-Z]+|TEMPORAL_.*)$/;

/** A profile file that is not there: else Temporal's tools read the one in the home folder. */
const noProfile = '/nonexistent/temporal.toml';

/**
 * The environment without anything that names another database or Temporal service (nor a profile file in the home
 * folder), with UTC as the process's zone and a locale that every system has.
 */
export function cleanEnv(env: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !foreign.test(name));
  return { ...Object.fromEntries(kept), TEMPORAL_CONFIG_FILE: noProfile, LC_ALL: 'C.UTF-8', TZ: 'UTC' };
}

/** Removes the same variables from this process. */
export function clearForeignEnv(): void {
  for (const name of Object.keys(process.env)) {
    if (foreign.test(name)) delete process.env[name];
  }
  process.env['TEMPORAL_CONFIG_FILE'] = noProfile;
}
