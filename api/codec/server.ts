/** The process of the codec server; started by `redress codec-server`, and by `npm start` where the codec is on. */
import closeWithGrace from 'close-with-grace';
import { connect } from '../../db/database.ts';
import { codecKeys } from '../../runtime/codec/converter.ts';
import { payloadCodec } from '../../runtime/codec/payload-codec.ts';
import { config, requireDatabaseUrl } from '../../temporal.config.ts';
import { buildCodecServer } from './app.ts';

const keys = codecKeys(config.codec);
if (keys === undefined || config.codec === undefined)
  throw new Error('REDRESS_CODEC is off: there is nothing to decode. docs/keys.md says how it is switched on.');

const { namespace } = config.temporal;
const db = connect({ url: requireDatabaseUrl(config), onError: () => app.log.warn('database connection lost') });
const app = await buildCodecServer({
  db,
  // What is not encrypted is no secret of ours: it is shown as it stands.
  codec: payloadCodec({ keys, namespace, encrypts: false, readsPlain: true }),
  namespace,
  uiUrl: config.temporalUiUrl,
  publicUrl: config.publicUrl,
  logLevel: config.logLevel,
});
closeWithGrace({ delay: 25_000, logger: false }, async () => {
  await app.close();
  await db.destroy();
});
await app.listen({ host: config.api.host, port: config.codec.serverPort });
