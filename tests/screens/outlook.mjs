// An Outlook message (.msg) as the program saves it: a compound file ([MS-CFB]) whose streams are properties ([MS-OXMSG]).

const SECTOR = 512;
const MINI = 64;
const FREE = 0xffffffff;
const END = 0xfffffffe;
const FAT = 0xfffffffd;

const padded = (bytes, size) => Buffer.concat([bytes, Buffer.alloc((size - (bytes.length % size)) % size)]);
const words = (numbers) => {
  const bytes = Buffer.alloc(numbers.length * 4);
  numbers.forEach((n, i) => bytes.writeUInt32LE(n >>> 0, i * 4));
  return bytes;
};
/** The sectors of a chain that begins at `first`, as the table says them. */
const chain = (first, count) => Array.from({ length: count }, (_, i) => (i === count - 1 ? END : first + i + 1));

/** A compound file of small streams, by name. */
function compound(streams) {
  // The order that the format asks of names: shorter first, then by letters.
  const names = Object.keys(streams).sort((a, b) => a.length - b.length || (a < b ? -1 : 1));
  const minis = [];
  const table = [];
  const places = names.map((name) => {
    const start = table.length;
    const content = padded(streams[name], MINI);
    minis.push(content);
    table.push(...chain(start, content.length / MINI));
    return start;
  });
  const stream = padded(Buffer.concat(minis), SECTOR);
  const miniTable = padded(words([...table, ...Array(128 - (table.length % 128)).fill(FREE)]), SECTOR);
  const entry = (name, { type, start, size, right = FREE, child = FREE }) => {
    const bytes = Buffer.alloc(128);
    bytes.write(name, 0, 'utf16le');
    bytes.writeUInt16LE((name.length + 1) * 2, 64);
    bytes[66] = type;
    bytes[67] = 1; // black
    bytes.writeUInt32LE(FREE, 68);
    bytes.writeUInt32LE(right, 72);
    bytes.writeUInt32LE(child, 76);
    bytes.writeUInt32LE(start, 116);
    bytes.writeUInt32LE(size, 120);
    return bytes;
  };
  // Sectors: 0 the table, 1… the directory, the mini table, the mini stream.
  const entries = names.length + 1;
  const directorySectors = Math.ceil(entries / 4);
  const miniTableAt = 1 + directorySectors;
  const streamAt = miniTableAt + miniTable.length / SECTOR;
  const directory = padded(
    Buffer.concat([
      entry('Root Entry', { type: 5, start: streamAt, size: stream.length, child: 1 }),
      ...names.map((name, i) =>
        entry(name, { type: 2, start: places[i], size: streams[name].length, right: i + 2 < entries ? i + 2 : FREE }),
      ),
    ]),
    SECTOR,
  );
  const fat = [
    FAT,
    ...chain(1, directorySectors),
    ...chain(miniTableAt, miniTable.length / SECTOR),
    ...chain(streamAt, stream.length / SECTOR),
  ];
  const head = Buffer.alloc(SECTOR);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(head);
  head.writeUInt16LE(0x3e, 24);
  head.writeUInt16LE(3, 26);
  head.writeUInt16LE(0xfffe, 28);
  head.writeUInt16LE(9, 30);
  head.writeUInt16LE(6, 32);
  head.writeUInt32LE(1, 44);
  head.writeUInt32LE(1, 48);
  head.writeUInt32LE(4096, 56);
  head.writeUInt32LE(miniTableAt, 60);
  head.writeUInt32LE(miniTable.length / SECTOR, 64);
  head.writeUInt32LE(END, 68);
  words([0, ...Array(108).fill(FREE)]).copy(head, 76);
  return Buffer.concat([head, words([...fat, ...Array(128 - fat.length).fill(FREE)]), directory, miniTable, stream]);
}

/** A message with its sender, its time and its words. */
export function msg({ name = 'mensaje.msg', from, address, subject, text, sent }) {
  const property = (tag, type, value) => {
    const bytes = Buffer.alloc(16);
    bytes.writeUInt16LE(type, 0);
    bytes.writeUInt16LE(tag, 2);
    bytes.writeUInt32LE(6, 4);
    value.copy(bytes, 8);
    return bytes;
  };
  const time = Buffer.alloc(8);
  time.writeBigUInt64LE((BigInt(Date.parse(sent)) + 11_644_473_600_000n) * 10_000n);
  const written = { '0037': subject, '0C1A': from, '5D01': address, 1000: text };
  const size = (value) => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE(value.length * 2 + 2);
    return bytes;
  };
  return {
    name,
    mimeType: 'application/vnd.ms-outlook',
    buffer: compound({
      '__properties_version1.0': Buffer.concat([
        Buffer.alloc(32),
        property(0x0039, 0x0040, time),
        ...Object.entries(written).map(([tag, value]) => property(parseInt(tag, 16), 0x001f, size(value))),
      ]),
      ...Object.fromEntries(
        Object.entries(written).map(([tag, value]) => [`__substg1.0_${tag}001F`, Buffer.from(value, 'utf16le')]),
      ),
    }),
  };
}
