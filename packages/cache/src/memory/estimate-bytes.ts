/** What an entry costs beside its key and value: the slots of the LRU list and the bookkeeping object. */
export const entryOverheadBytes = 200;

const headerBytes = 16;
const slotBytes = 8;
const viewBytes = 160;
const memberBytes = 24;
const collectionItemBytes = 40;

/**
 * About how much memory a value takes in V8, rather too much than too little: texts count two bytes per character
 * (Latin-1 texts take one), objects 16 bytes and 24 per member, arrays 8 per item, Maps and Sets 40 per item, bytes
 * themselves. What a value refers to twice counts once; what it shares with the rest of the program counts, too. Takes
 * time in proportion to the size of the value; functions and what they close over count nothing.
 */
export function estimateBytes(value: unknown): number {
  if (typeof value !== 'object' || value === null) return primitiveBytes(value);
  let bytes = 0;
  // A stack of our own: a long chain of objects must not end the call stack.
  const pending: object[] = [value];
  const seen = new Set<object>(pending);
  const add = (member: unknown) => {
    if (typeof member !== 'object' || member === null) {
      bytes += primitiveBytes(member);
    } else if (!seen.has(member)) {
      seen.add(member);
      pending.push(member);
    }
  };
  for (let container = pending.pop(); container !== undefined; container = pending.pop()) {
    bytes += headerBytes;
    if (ArrayBuffer.isView(container) || container instanceof ArrayBuffer) {
      bytes += viewBytes + container.byteLength;
    } else if (Array.isArray(container)) {
      bytes += headerBytes + container.length * slotBytes;
      for (const item of container) add(item);
    } else if (container instanceof Map) {
      bytes += container.size * collectionItemBytes;
      for (const keyOrItem of [...container.keys(), ...container.values()]) add(keyOrItem);
    } else if (container instanceof Set) {
      bytes += container.size * collectionItemBytes;
      for (const item of container) add(item);
    } else {
      for (const member of Object.values(container)) {
        bytes += memberBytes;
        add(member);
      }
    }
  }
  return bytes;
}

function primitiveBytes(value: unknown): number {
  if (typeof value === 'string') return headerBytes + value.length * 2;
  if (typeof value === 'bigint') return headerBytes + Math.ceil(value.toString(16).length / 2);
  return slotBytes;
}
