const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Characters that 20 bytes need. */
export const encodedLength = 27;
/** 2^160 - 1: anything that sorts behind it would not fit in 20 bytes. */
const largestEncoded = 'aWgEPTl1tmebfsQzFP4bxwgy80V';
const pattern = /^[0-9A-Za-z]{27}$/;

// Long division in limbs of 24 bits by 62^4 (< 2^24): every intermediate value is below 2^48, hence exact in a double,
// and each pass yields four digits, looked up as two pairs. Ten times as fast as BigInt.
const limbs = new Float64Array(7);
const limbBase = 2 ** 24;
const pairBase = 62 * 62;
const chunkBase = pairBase * pairBase;
const chunks = 7;
const pairs: readonly string[] = Array.from(
  { length: pairBase },
  (_, index) => alphabet.charAt(Math.floor(index / 62)) + alphabet.charAt(index % 62),
);

/** 20 bytes, big-endian, as 27 characters that sort as the bytes do. */
export function encodeBase62(bytes: Uint8Array): string {
  // 20 bytes are 6 limbs of 3 bytes, the 7th (first) one holding the 2 bytes that are left over.
  limbs[0] = ((bytes[0] as number) << 8) | (bytes[1] as number);
  for (let limb = 1, index = 2; limb < 7; limb += 1, index += 3) {
    limbs[limb] = ((bytes[index] as number) << 16) | ((bytes[index + 1] as number) << 8) | (bytes[index + 2] as number);
  }
  let text = '';
  let first = 0;
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    let remainder = 0;
    for (let limb = first; limb < 7; limb += 1) {
      const value = remainder * limbBase + (limbs[limb] as number);
      const quotient = Math.floor(value / chunkBase);
      limbs[limb] = quotient;
      remainder = value - quotient * chunkBase;
    }
    while (first < 7 && limbs[first] === 0) first += 1;
    const high = Math.floor(remainder / pairBase);
    text = (pairs[high] as string) + (pairs[remainder - high * pairBase] as string) + text;
  }
  // 7 chunks are 28 digits; the first is always 0 because 20 bytes are below 62^27.
  return text.slice(1);
}

/** Whether the text is what `encodeBase62` can return. */
export function isEncoded(text: string): boolean {
  return pattern.test(text) && text <= largestEncoded;
}

/** The inverse of `encodeBase62`. The text must satisfy `isEncoded`. */
export function decodeBase62(text: string): Uint8Array {
  const bytes = new Uint8Array(20);
  for (const character of text) {
    let carry = alphabet.indexOf(character);
    for (let index = 19; index >= 0; index -= 1) {
      carry += (bytes[index] as number) * 62;
      bytes[index] = carry & 0xff;
      carry >>>= 8;
    }
  }
  return bytes;
}
