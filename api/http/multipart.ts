/** Files of a multipart body, kept all or none; what it got wrong, as a problem. */
import type { Readable } from 'node:stream';
import type { FastifyRequest } from 'fastify';
import { FileKeyReused, type SentFile } from '../../db/files.ts';
import { cleanFileName } from '../../domain/file-name.ts';
import { FileRefused, type FileStore, type Sent, type StoredFile } from '../../files/store.ts';
import { Problem } from '../problems/problem.ts';

export const notMultipart = (): Problem =>
  new Problem('unsupported-media-type', { zh: '上传文件须用 multipart/form-data。', en: 'Files are sent as multipart/form-data.' });

interface Sending {
  readonly files: FileStore;
  /** Files of one request. */
  readonly most: number;
  /** What is looked at while a file comes in. */
  readonly through?: (stream: Readable) => Readable;
  /** Told what was judged, before anything is kept. */
  readonly accept: (judged: readonly StoredFile[]) => Promise<void>;
}

/** The files of a request, kept: all of them, or none. @throws Problem */
export async function keepSent(
  request: FastifyRequest,
  { files, most, through = (stream) => stream, accept }: Sending,
): Promise<SentFile[]> {
  const names: string[] = [];
  async function* parts(): AsyncGenerator<Sent> {
    for await (const { file, filename } of request.files()) {
      names.push(filename);
      yield { stream: through(file), name: filename };
    }
  }
  try {
    const kept = await files.putAll(parts(), accept);
    return kept.map((one, i) => ({ ...one, name: cleanFileName(names[i] ?? '', one.type) }));
  } catch (error) {
    throw error instanceof FileKeyReused ? new Problem('key-reused') : problemOfParts(error, most);
  }
}

function problemOfParts(error: unknown, mostFiles: number): unknown {
  if (error instanceof Problem) return error;
  if (error instanceof FileRefused) return new Problem(error.code, { zh: error.zh, en: error.message });
  const code = (error as { code?: string }).code ?? '';
  if (code === 'FST_FILES_LIMIT' || code === 'FST_PARTS_LIMIT') {
    return new Problem('too-many-files', { zh: `一次至多${mostFiles}个文件。`, en: `At most ${mostFiles} files at once.` });
  }
  if (code === 'FST_FIELDS_LIMIT')
    return new Problem('bad-request', { zh: '请求中只能有文件。', en: 'Nothing but files may be in the request.' });
  const broken = code.startsWith('FST_') || code === 'ECONNRESET' || /multipart|Part terminated|header/i.test((error as Error).message);
  return broken ? new Problem('bad-request', { zh: 'multipart 正文有误。', en: 'The multipart body is not right.' }) : error;
}
