/** What a multipart body got wrong, as a problem. */
import { FileRefused } from '../../files/store.ts';
import { Problem } from '../problems/problem.ts';

export const notMultipart = (): Problem =>
  new Problem('unsupported-media-type', { zh: '上传文件须用 multipart/form-data。', en: 'Files are sent as multipart/form-data.' });

/** @param mostFiles of one request */
export function problemOfParts(error: unknown, mostFiles: number): unknown {
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
