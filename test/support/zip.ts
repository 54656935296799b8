/** ZIP containers byte by byte, so that they can be wrong in every way. */
import { crc32, deflateRawSync } from 'node:zlib';

export interface Part {
  readonly name: string;
  readonly bytes: Buffer;
  /** What the directory says it unpacks to, where that is a lie. */
  readonly says?: number;
  /** Bit 0: encrypted. */
  readonly flags?: number;
}

/** @param comment at the very end */
export function zip(parts: readonly Part[], comment = ''): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes, says = bytes.length, flags = 0 } of parts) {
    const packed = deflateRawSync(bytes, { level: 9 });
    const called = Buffer.from(name, 'utf8');
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE(flags, 2);
    common.writeUInt16LE(8, 4);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(says, 18);
    common.writeUInt16LE(called.length, 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, called, packed]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), common, rest, called]));
    bodies.push(local);
    at += local.length;
  }
  const table = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(parts.length, 4);
  end.writeUInt16LE(parts.length, 6);
  end.writeUInt32LE(table.length, 8);
  end.writeUInt32LE(at, 12);
  end.writeUInt16LE(comment.length, 16);
  return Buffer.concat([...bodies, table, Buffer.from('PK\x05\x06', 'latin1'), end, Buffer.from(comment, 'latin1')]);
}

const types = { name: '[Content_Types].xml', bytes: Buffer.from('<Types/>') };
export const wordFile = (...more: readonly Part[]): Buffer =>
  zip([types, { name: 'word/document.xml', bytes: Buffer.from('<w/>') }, ...more]);
export const excelFile = (...more: readonly Part[]): Buffer =>
  zip([types, { name: 'xl/workbook.xml', bytes: Buffer.from('<x/>') }, ...more]);
